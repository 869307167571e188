import { useEffect, useReducer, useRef, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type {
  AccountFormBridge,
  BrokerView,
  FormView,
  ImportOutcome,
  ImportSource,
  SaveOutcome,
  TestResult,
  TypedDraft,
} from '../../electron/contract/account-form.ts'
import type { BrokerPage } from '../../electron/contract/state.ts'
import { MAX_FILE_BYTES, type LoginMode } from '../../electron/contract/fields.ts'
import { fieldInput, tooLong } from './draft.ts'
import { sortErrors } from './errors.ts'
import { fillIn, goToErrors, inputOf, readDraft } from './inputs.ts'
import { formReducer, openedForm, type Failure, type FormState, type ImportMessage } from './reducer.ts'
import { useChecks } from './useChecks.ts'

export interface AccountFormOptions {
  readonly bridge: AccountFormBridge
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  /** The result of the test login before this form was shown; null for none. */
  readonly result: TestResult | null
  /** Values of settings from a `.env` file. */
  readonly filled: Readonly<Record<string, string>>
  readonly onBroker: (brokerId: string | null, filled?: Readonly<Record<string, string>>) => void
  readonly onTested: (result: TestResult) => Promise<void>
}

/** What the user does in the form. */
export interface FormActions {
  readonly typed: (input: string) => void
  /** Takes that an input has lost the focus. */
  readonly left: (input: string) => void
  readonly chooseMode: (mode: LoginMode) => void
  /** @param button the button whose menu opens below it, if it has one */
  readonly importFrom: (source: ImportSource, button?: HTMLElement) => void
  readonly importFile: (file: Blob, name: string, at: ImportMessage['at']) => void
  readonly closePreview: () => void
  readonly takePreview: () => Promise<void>
  /** Chooses one of several TOTP secrets. */
  readonly choose: (choice: number) => void
  readonly clearClipboard: () => void
  /** Returns whether the token was copied. */
  readonly copyToken: () => Promise<boolean>
  readonly openPage: (page: BrokerPage) => void
  /** Deletes a field's imported value. */
  readonly drop: (field: string) => void
  readonly forget: (field: string, forget: boolean) => void
  readonly save: () => Promise<void>
  readonly test: () => Promise<void>
  /** Leaves the form, after a question if something would be lost. */
  readonly leave: (what: 'close' | 'broker') => void
  /** Asks whether to leave. */
  readonly ask: (what: 'close' | 'broker') => void
  readonly stay: () => void
}

const broken: Failure = {
  message: 'Saving did not work.',
  next: 'Try again; if it stays so, restart TokenTray.',
}
const importFailed: ImportOutcome = { kind: 'wrong', message: 'This did not work. Try it again.' }
const tooLarge: ImportOutcome = {
  kind: 'wrong',
  message: 'This file is larger than 10 MB. Of a photo, cut out the part with the QR code.',
}
const MAX_NAME = 200

/** Joins the form's state, its inputs and the main process. */
export function useAccountForm(options: AccountFormOptions): {
  readonly form: RefObject<HTMLFormElement | null>
  readonly state: FormState
  readonly actions: FormActions
} {
  const { bridge, broker, editing, onBroker, onTested } = options
  const form = useRef<HTMLFormElement>(null)
  const [state, dispatch] = useReducer(formReducer, options, openedForm)
  const checks = useChecks(form, options, dispatch)
  const { busy, isChanged, isImporting, leaving, preview } = state
  const check = async (): Promise<void> => checks.current?.refresh()

  useEffect(
    () =>
      bridge.on('testProgressed', (progress) => {
        dispatch({ is: 'progressed', progress })
      }),
    [bridge],
  )

  const fail = (failure: Failure): void => {
    dispatch({ is: 'failed', failure })
    window.scrollTo(0, 0)
  }

  const refuse = (outcome: Exclude<SaveOutcome, { ok: true }>): void => {
    if ('problem' in outcome) {
      fail(outcome.problem)
      return
    }
    const { byInput, rest, first } = sortErrors(outcome.errors, broker, editing !== null)
    checks.current?.insist(Object.keys(byInput))
    // Flushed, because errors must be on the page before their inputs are unfolded and focused.
    flushSync(() => {
      dispatch({ is: 'refused', errors: byInput })
    })
    goToErrors(form.current, first)
    if (rest.length > 0) fail({ message: rest.join(' '), next: '' })
  }

  const send = async (what: 'save' | 'test', action: (draft: TypedDraft) => Promise<void>): Promise<void> => {
    const draft = readDraft(form.current, broker, editing)
    if (draft === null || busy !== null) return
    const errors = tooLong(draft)
    if (Object.keys(errors).length > 0) {
      refuse({ ok: false, errors })
      return
    }
    dispatch({ is: 'started', what })
    try {
      await action(draft)
    } catch {
      fail(broken)
    }
  }

  const runImport = async (at: ImportMessage['at'], ask: () => Promise<ImportOutcome>): Promise<void> => {
    if (isImporting) return
    dispatch({ is: 'importStarted' })
    const outcome = await ask().catch(() => importFailed)
    dispatch({ is: 'imported', at, outcome })
    if (outcome.kind !== 'secrets') return
    fillEmpty(outcome.settings)
    // A typed secret would replace the imported one.
    const totp = broker.fields.filter((field) => field.totp).map(({ name }) => fieldInput(name))
    fillIn(form.current, totp, () => '')
    await check()
  }

  const fillEmpty = (settings: Readonly<Record<string, string>>): void => {
    for (const [field, value] of Object.entries(settings)) {
      const input = inputOf(form.current, fieldInput(field))
      if (input?.value.trim() === '') input.value = value
    }
  }

  const actions: FormActions = {
    typed: (input) => {
      dispatch({ is: 'typed', input })
      checks.current?.typed(input)
    },
    left: (input) => {
      checks.current?.left(input)
    },
    chooseMode: (mode) => {
      // Flushed, because the check reads the inputs of the chosen mode.
      flushSync(() => {
        dispatch({ is: 'modeChosen', mode })
      })
      void check()
    },
    importFrom: (source, button) => {
      const at = source === 'env-file' ? 'top' : 'totp'
      void runImport(at, () => bridge.importFrom({ source, brokerId: broker.id, at: belowOf(button) }))
    },
    importFile: (file, name, at) => {
      void runImport(at, async () => {
        if (file.size > MAX_FILE_BYTES) return tooLarge
        const bytes = new Uint8Array(await file.arrayBuffer())
        return bridge.importFile({ file: bytes, name: name.slice(0, MAX_NAME), brokerId: broker.id })
      })
    },
    closePreview: () => {
      dispatch({ is: 'previewClosed' })
    },
    takePreview: async () => {
      if (preview === null) return
      const values = await bridge.takeEnv()
      if (preview.brokerId !== broker.id) {
        onBroker(preview.brokerId, values)
        return
      }
      const byInput = new Map(preview.found.map(({ field }) => [fieldInput(field), values[field] ?? '']))
      const entered = broker.fields.filter(({ typedThere, totp }) => typedThere && !totp)
      if (preview.found.some(({ field }) => entered.some(({ name }) => name === field))) {
        // Flushed, because the password's input is filled in next.
        flushSync(() => {
          dispatch({ is: 'modeChosen', mode: 'unattended' })
        })
      }
      fillIn(form.current, [...byInput.keys()], (input) => byInput.get(input) ?? '')
      dispatch({ is: 'previewTaken' })
      checks.current?.insist(byInput.keys())
      await check()
      const empty = preview.missing.map(({ field }) => inputOf(form.current, fieldInput(field)))
      ;(empty[0] ?? document.getElementById('terms') ?? form.current)?.focus()
    },
    choose: (choice) => {
      dispatch({ is: 'secretChosen' })
      void bridge.choose({ choice, brokerId: broker.id }).then(fillEmpty).then(check)
    },
    clearClipboard: () =>
      void bridge.clearClipboard().then(() => {
        dispatch({ is: 'clipboardCleared' })
      }),
    copyToken: async () => {
      const outcome = await bridge.copyToken()
      if (!outcome.ok) fail(outcome.problem)
      return outcome.ok
    },
    openPage: (page) => void bridge.openPage({ brokerId: broker.id, page }),
    drop: (field) => void bridge.drop({ field }).then(check),
    forget: (field, forget) => {
      // Flushed, because the check reads from the page what is to be forgotten.
      flushSync(() => {
        dispatch({ is: 'forgetting', field, forget })
      })
      void check()
    },
    save: () =>
      send('save', async (draft) => {
        const outcome = await bridge.save(draft)
        // Cleared, because the main process closes the window after a save.
        if (outcome.ok) form.current?.reset()
        else refuse(outcome)
      }),
    test: () =>
      send('test', async (draft) => {
        const outcome = await bridge.test(draft)
        if (!outcome.ok) {
          refuse(outcome)
          return
        }
        form.current?.reset()
        await onTested(outcome.test)
      }),
    leave: (what) => {
      if (isChanged && leaving === null) actions.ask(what)
      else if (what === 'broker') onBroker(null)
      else void bridge.close()
    },
    ask: (what) => {
      dispatch({ is: 'leaving', what })
    },
    stay: () => {
      dispatch({ is: 'stayed' })
    },
  }
  return { form, state, actions }
}

/** Returns the lower left corner of an element, where its menu opens. */
function belowOf(element: HTMLElement | undefined): { x: number; y: number } | null {
  const box = element?.getBoundingClientRect()
  return box === undefined ? null : { x: box.left, y: box.bottom }
}
