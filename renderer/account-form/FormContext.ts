import { createContext, use } from 'react'
import type { BrokerView, FormView, TestResult } from '../../electron/contract/account-form.ts'
import type { FormState } from './reducer.ts'
import type { FormActions } from './useAccountForm.ts'

/** Holds the values and actions that the form's components share. */
export interface FormDeps extends FormState {
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  readonly morningRun: FormView['morningRun']
  /** When the form was opened, epoch ms. */
  readonly openedAt: number
  /** Values of a new account's settings from a `.env` file. */
  readonly filled: Readonly<Record<string, string>>
  /** The result of the test login before; null for none. */
  readonly result: TestResult | null
  readonly actions: FormActions
}

export const FormContext = createContext<FormDeps | null>(null)

export function useForm(): FormDeps {
  const form = use(FormContext)
  if (form === null) throw new Error('no form above this component')
  return form
}
