import { useEffect, type RefObject } from 'react'
import type { TestResult } from '../../electron/contract/account-form.ts'
import { fieldInput } from './draft.ts'
import { inputOf } from './inputs.ts'

/** The id of the button that starts a test login. */
export const TEST_BUTTON = 'test-login'

/**
 * Focuses the first input of a new form. After a test login it focuses the input that the broker refused, or else the
 * button that started the test.
 */
export function useFirstFocus(form: RefObject<HTMLFormElement | null>, result: TestResult | null): void {
  useEffect(() => {
    if (result === null) {
      form.current?.querySelector<HTMLInputElement>('input:not([type=radio])')?.focus()
      return
    }
    const refused =
      !result.ok && result.field !== null ? inputOf(form.current, fieldInput(result.field)) : null
    ;(refused ?? document.getElementById(TEST_BUTTON))?.focus()
    window.scrollTo(0, 0)
  }, [form, result])
}
