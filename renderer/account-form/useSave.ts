import { useState } from 'react'
import type {
  AccountFormBridge,
  SaveOutcome,
  TestResult,
  TypedDraft,
} from '../../electron/contract/account-form.ts'
import { tooLong, type Errors } from './draft.ts'

export interface Failure {
  readonly message: string
  readonly next: string
}

interface SaveOptions {
  readonly bridge: AccountFormBridge
  readonly read: () => TypedDraft | null
  /** Shows errors that are named as in the contract; returns those that belong to no input. */
  readonly showErrors: (errors: Errors) => string[]
  /** Clears the inputs. */
  readonly empty: () => void
  readonly onTested: (result: TestResult) => Promise<void>
}

export interface Saving {
  readonly busy: 'save' | 'test' | null
  readonly failure: Failure | null
  readonly save: () => Promise<void>
  readonly test: () => Promise<void>
}

const broken: Failure = {
  message: 'Saving did not work.',
  next: 'Try again; if it stays so, restart TokenTray.',
}

/** Saves the draft, with or without a test login afterwards. */
export function useSave({ bridge, read, showErrors, empty, onTested }: SaveOptions): Saving {
  const [busy, setBusy] = useState<Saving['busy']>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  const stop = (found: Failure | null): void => {
    setFailure(found)
    setBusy(null)
    if (found !== null) window.scrollTo(0, 0)
  }
  const refuse = (outcome: Exclude<SaveOutcome, { ok: true }>): void => {
    if ('problem' in outcome) stop(outcome.problem)
    else {
      stop(null)
      const rest = showErrors(outcome.errors)
      if (rest.length > 0) stop({ message: rest.join(' '), next: '' })
    }
  }
  const run = async (what: 'save' | 'test', action: (draft: TypedDraft) => Promise<void>): Promise<void> => {
    const draft = read()
    if (draft === null || busy !== null) return
    const errors = tooLong(draft)
    if (Object.keys(errors).length > 0) {
      refuse({ ok: false, errors })
      return
    }
    setBusy(what)
    setFailure(null)
    try {
      await action(draft)
    } catch {
      stop(broken)
    }
  }

  return {
    busy,
    failure,
    save: () =>
      run('save', async (draft) => {
        const outcome = await bridge.save(draft)
        // Cleared, because the main process closes the window after a save.
        if (outcome.ok) empty()
        else refuse(outcome)
      }),
    test: () =>
      run('test', async (draft) => {
        const outcome = await bridge.test(draft)
        if (!outcome.ok) {
          refuse(outcome)
          return
        }
        empty()
        await onTested(outcome.test)
      }),
  }
}
