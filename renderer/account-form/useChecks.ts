import { useEffect, useRef, type Dispatch, type RefObject } from 'react'
import type { AccountFormBridge, BrokerView, FormView } from '../../electron/contract/account-form.ts'
import { useClock } from '../shared/useNow.ts'
import { Checks } from './checks.ts'
import { tooLong } from './draft.ts'
import { sortErrors } from './errors.ts'
import { inputOf, readDraft } from './inputs.ts'
import { filledInputs, type FormEvent } from './reducer.ts'

interface ChecksOptions {
  readonly bridge: AccountFormBridge
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  readonly filled: Readonly<Record<string, string>>
}

/**
 * Checks values while the user types. React never holds them, because they are read from the inputs only for a check
 * by the main process.
 */
export function useChecks(
  form: RefObject<HTMLFormElement | null>,
  { bridge, broker, editing, filled }: ChecksOptions,
  dispatch: Dispatch<FormEvent>,
): RefObject<Checks | null> {
  const clock = useClock()
  const checks = useRef<Checks>(null)
  useEffect(() => {
    const made = new Checks({
      check: async () => {
        const draft = readDraft(form.current, broker, editing)
        if (draft === null) throw new Error('the form is gone')
        const long = tooLong(draft)
        if (Object.keys(long).length === 0) return bridge.check(draft)
        return {
          errors: long,
          enterAgain: [],
          hints: {},
          imported: {},
          totp: null,
          choices: [],
          chosen: null,
        }
      },
      sort: (found) => sortErrors(found, broker, editing !== null).byInput,
      isEmpty: (input) => inputOf(form.current, input)?.value.trim() === '',
      show: (view, errors, hints) => {
        const code = view.totp?.code ?? view.choices[0]?.code
        if (code !== undefined) clock.align(code.endsAt)
        dispatch({ is: 'checked', view, errors, hints })
      },
      later: (ms, callback) => {
        const timer = setTimeout(callback, ms)
        return () => {
          clearTimeout(timer)
        }
      },
      now: () => Date.now(),
    })
    made.insist(filledInputs(filled))
    checks.current = made
    void made.refresh()
    return () => {
      made.stop()
    }
  }, [bridge, broker, clock, dispatch, editing, filled, form])
  return checks
}
