import {
  useCallback,
  useEffect,
  useState,
  type DragEvent,
  type FocusEvent,
  type KeyboardEvent,
  type SyntheticEvent,
} from 'react'
import { flushSync } from 'react-dom'
import type {
  AccountFormBridge,
  BrokerView,
  FormView,
  TestProgress,
  TestResult,
  ImportSource,
} from '../../electron/contract/account-form.ts'
import { useKeepFocus } from '../shared/useKeepFocus.ts'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { BrokerFields } from './BrokerFields.tsx'
import { fieldInput, type Errors } from './draft.ts'
import { Endpoints } from './Endpoints.tsx'
import { EnvPreviewBox } from './EnvPreviewBox.tsx'
import { sortErrors } from './errors.ts'
import { FormContext } from './FormContext.ts'
import { FormFooter } from './FormFooter.tsx'
import { Heading } from './Heading.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { OwnTime } from './OwnTime.tsx'
import { refusalOf } from './refusal.ts'
import { ImportMessageBox } from './ImportMessageBox.tsx'
import { Terms } from './Terms.tsx'
import { TestPanel } from './TestPanel.tsx'
import { TestResultBanner } from './TestResultBanner.tsx'
import { inputOf, useDraft } from './useDraft.ts'
import { useFirstFocus } from './useFirstFocus.ts'
import { useHoldWindow } from './useHoldWindow.ts'
import { useImport } from './useImport.ts'
import { useSave } from './useSave.ts'
import { LoginModeChoice } from './LoginModeChoice.tsx'

interface AccountFormProps {
  bridge: AccountFormBridge
  broker: BrokerView
  editing: FormView['editing']
  morningRun: FormView['morningRun']
  /** The result of the test login before this form was shown; null for none. */
  result: TestResult | null
  /** Values of settings from a `.env` file. */
  filled: Readonly<Record<string, string>>
  onBroker: (brokerId: string | null, filled?: Readonly<Record<string, string>>) => void
  onTested: (result: TestResult) => Promise<void>
}

/** Shows the details of one account. */
export function AccountForm(props: AccountFormProps) {
  const { bridge, broker, editing, morningRun, result, filled, onBroker, onTested } = props
  const [openedAt] = useState(() => Date.now())
  const [insistOn] = useState(() => Object.keys(filled).map(fieldInput))
  const [isChanged, setChanged] = useState(insistOn.length > 0)
  const [refusal, setRefusal] = useState(() => refusalOf(result, broker))
  const [mode, setMode] = useState(editing?.mode ?? 'unattended')
  const [progress, setProgress] = useState<TestProgress | null>(null)
  const [leaving, setLeaving] = useState<'close' | 'broker' | null>(null)
  const draft = useDraft({ bridge, broker, editing, insistOn })
  const { form, checks } = draft
  const imports = useImport(bridge, broker.id, () => {
    const totp = broker.fields.find((field) => field.totp)
    const input = totp && inputOf(form.current, fieldInput(totp.name))
    if (input) input.value = ''
    setChanged(true)
    void checks.current?.refresh()
  })

  useHoldWindow(
    isChanged,
    useCallback(() => setLeaving('close'), []),
  )

  useEffect(
    () =>
      bridge.on('testProgressed', (step) => {
        // A test saves the draft first.
        setChanged(false)
        setProgress(step)
      }),
    [bridge],
  )

  useFirstFocus(form, result)
  const keptFocus = useKeepFocus(form)

  const showErrors = (found: Errors): string[] => {
    const { byInput, rest, first } = sortErrors(found, broker, editing !== null)
    // Flushed, because errors must be on the page before their inputs are unfolded and focused.
    flushSync(() => draft.showErrors(byInput))
    for (const input of form.current?.querySelectorAll('[aria-invalid=true]') ?? []) {
      input.closest('details')?.setAttribute('open', '')
    }
    if (first !== null) document.getElementById(first)?.focus()
    return rest
  }

  const { busy, failure, save, test } = useSave({
    bridge,
    read: draft.read,
    showErrors,
    empty: () => form.current?.reset(),
    onTested,
  })

  const takeEnv = async (): Promise<void> => {
    const { preview } = imports
    if (preview === null) return
    const values = await bridge.takeEnv()
    if (preview.brokerId !== broker.id) {
      onBroker(preview.brokerId, values)
      return
    }
    for (const { field } of preview.found) {
      const input = inputOf(form.current, fieldInput(field))
      // Emptied for a secret, which stays in the main process, because a typed value would replace the imported one.
      if (input !== null) input.value = values[field] ?? ''
    }
    imports.closePreview()
    setChanged(true)
    checks.current?.insist(preview.found.map(({ field }) => fieldInput(field)))
    await checks.current?.refresh()
    const empty = preview.missing.map(({ field }) => inputOf(form.current, fieldInput(field)))
    ;(empty[0] ?? document.getElementById('terms') ?? form.current)?.focus()
  }

  const leave = (what: 'close' | 'broker'): void => {
    if (isChanged && leaving === null) setLeaving(what)
    else if (what === 'broker') onBroker(null)
    else void bridge.close()
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || leaving !== null) return
    event.preventDefault()
    if (imports.preview === null) leave('close')
    else imports.closePreview()
  }

  const onInput = (event: SyntheticEvent): void => {
    if (!(event.target instanceof HTMLInputElement)) return
    const { name } = event.target
    setChanged(true)
    if (refusal?.input === name) setRefusal(null)
    checks.current?.typed(name)
  }

  const onDrop = (event: DragEvent): void => {
    const [file] = event.dataTransfer.files
    if (file === undefined) return
    event.preventDefault()
    void imports.importFile(file, file.name, 'top')
  }

  const deps = {
    broker,
    editing,
    morningRun,
    mode,
    errors: refusal === null ? draft.errors : { [refusal.input]: refusal.words, ...draft.errors },
    hints: draft.hints,
    view: draft.view,
    openedAt,
    filled,
    forgotten: draft.forgotten,
    importMessage: imports.message,
    actions: {
      importFrom: (source: ImportSource) => void imports.importFrom(source),
      importFile: (file: Blob, name: string) => void imports.importFile(file, name, 'totp'),
      choose: (choice: number) => {
        setChanged(true)
        void bridge.choose({ choice }).then(() => checks.current?.refresh())
      },
      drop: (field: string) => void bridge.drop({ field }).then(() => checks.current?.refresh()),
      forget: (field: string, forget: boolean) => {
        setChanged(true)
        draft.forget(field, forget)
      },
    },
  }

  return (
    <FormContext value={deps}>
      <main
        {...keptFocus}
        className="form"
        onKeyDown={onKeyDown}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes('Files')) event.preventDefault()
        }}
        onDrop={onDrop}
      >
        {failure !== null && <ProblemBanner problem={failure} />}
        {result !== null && busy === null && <TestResultBanner result={result} />}
        <form
          className="form-body"
          id="account"
          ref={form}
          noValidate
          // Focusable by code but not by Tab.
          tabIndex={-1}
          inert={busy === 'test'}
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
          onInput={onInput}
          onBlur={(event: FocusEvent) => {
            if (event.target instanceof HTMLInputElement) checks.current?.left(event.target.name)
          }}
        >
          <Heading onBroker={() => leave('broker')} />
          <div className="buttons">
            <button type="button" className="button" onClick={() => void imports.importFrom('env-file')}>
              Import from .env…
            </button>
          </div>
          {imports.message?.at === 'top' && <ImportMessageBox message={imports.message} />}
          {imports.preview !== null && (
            <EnvPreviewBox
              preview={imports.preview}
              brokerId={broker.id}
              onUse={() => void takeEnv()}
              onClose={imports.closePreview}
            />
          )}
          <LoginModeChoice
            onChoose={(chosen) => {
              flushSync(() => setMode(chosen))
              void checks.current?.refresh()
            }}
          />
          <BrokerFields />
          <OwnTime />
          <Endpoints />
          {mode === 'unattended' && <Terms />}
        </form>
        <p className="unseen" role="status">
          {draft.announcement}
        </p>
        {busy === 'test' ? (
          <TestPanel bridge={bridge} progress={progress} />
        ) : (
          <FormFooter
            isSaving={busy === 'save'}
            isNew={editing === null}
            isChanged={isChanged}
            onTest={() => void test()}
            onClose={() => leave('close')}
          />
        )}
        {leaving !== null && (
          <LeaveDialog
            words={leaving === 'broker' ? 'Discard and choose another broker' : 'Discard'}
            onStay={() => {
              setLeaving(null)
            }}
            onLeave={() => leave(leaving)}
          />
        )}
      </main>
    </FormContext>
  )
}
