import { useEffect, type RefObject } from 'react'
import type { TestResult } from '../../electron/contract/account-form.ts'
import { fieldInput } from './draft.ts'
import { inputOf } from './inputs.ts'

/** The id of the button that starts a test login. */
export const TEST_BUTTON = 'test-login'

/** The id of the button that closes the form after a test that went well. */
export const DONE_BUTTON = 'done'

/**
 * Focuses the first input of a new form. After a test login it focuses the input that the broker refused, or else the
 * button for the next step. The message stays at the top of the window, so that both can be seen.
 */
export function useFirstFocus(form: RefObject<HTMLFormElement | null>, result: TestResult | null): void {
  useEffect(() => {
    if (result === null) {
      form.current?.querySelector<HTMLInputElement>('input:not([type=radio])')?.focus()
      return
    }
    const refused =
      !result.ok && result.field !== null ? inputOf(form.current, fieldInput(result.field)) : null
    ;(refused ?? document.getElementById(result.ok ? DONE_BUTTON : TEST_BUTTON))?.focus()
  }, [form, result])
}
