import { useEffect, type RefObject } from 'react'
import type { TestResult } from '../../electron/contract/account-form.ts'
import { fieldInput } from './draft.ts'
import { inputOf } from './useDraft.ts'

/** The id of the button that begins a test login. */
export const TEST_BUTTON = 'test-login'

/**
 * Gives a form that comes up the keyboard: at its first input to type into, and after a test login at the input that the broker
 * has refused, or else at the button where the test was begun.
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
