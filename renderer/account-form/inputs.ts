import type { FormView, BrokerView, TypedDraft } from '../../electron/contract/account-form.ts'
import { draftFrom } from './draft.ts'

/** Returns an input of the form by its name. */
export function inputOf(form: HTMLFormElement | null, name: string): HTMLInputElement | null {
  const element = form?.elements.namedItem(name)
  return element instanceof HTMLInputElement ? element : null
}

/** Returns the inputs' current values; callers pass them on and never store them. Null for a form that is gone. */
export const readDraft = (
  form: HTMLFormElement | null,
  broker: BrokerView,
  editing: FormView['editing'],
): TypedDraft | null => form && draftFrom(new FormData(form), broker, editing)

/** Unfolds the inputs with errors and focuses the first. */
export function goToErrors(form: HTMLFormElement | null, first: string | null): void {
  for (const input of form?.querySelectorAll('[aria-invalid=true]') ?? []) {
    input.closest('details')?.setAttribute('open', '')
  }
  if (first !== null) document.getElementById(first)?.focus()
}

/** Unfolds an input and focuses it. */
export function goTo(input: string): void {
  const element = document.getElementById(input)
  element?.closest('details')?.setAttribute('open', '')
  element?.focus()
}

/** Fills in what a `.env` file has. A secret stays in the main process, and a typed value would replace it. */
export function fillIn(
  form: HTMLFormElement | null,
  inputs: readonly string[],
  valueOf: (input: string) => string,
): void {
  for (const name of inputs) {
    const input = inputOf(form, name)
    if (input !== null) input.value = valueOf(name)
  }
}
