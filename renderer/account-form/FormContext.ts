import { createContext, use } from 'react'
import type { BrokerView, DraftView, FormView, ImportSource } from '../../electron/contract/account-form.ts'
import type { LoginMode } from '../../electron/contract/fields.ts'
import type { Errors } from './draft.ts'
import type { ImportMessage } from './useImport.ts'

/** Holds the values and actions that the form's components share. */
export interface FormDeps {
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  readonly morningRun: FormView['morningRun']
  readonly errors: Errors
  /** Warnings about unusual values that are accepted, by input. */
  readonly hints: Errors
  /** The login mode as currently chosen. */
  readonly mode: LoginMode
  /** The main process's view of the draft; null until the first one arrives. */
  readonly view: DraftView | null
  /** When the form was opened, epoch ms. */
  readonly openedAt: number
  /** Values of a new account's settings from a `.env` file. */
  readonly filled: Readonly<Record<string, string>>
  /** Fields whose stored secrets the save deletes. */
  readonly forgotten: readonly string[]
  /** The message of the last import. */
  readonly importMessage: ImportMessage | null
  readonly actions: FormActions
}

export interface FormActions {
  readonly importFrom: (source: ImportSource) => void
  readonly importFile: (file: Blob, name: string) => void
  readonly choose: (choice: number) => void
  /** Deletes a field's imported value. */
  readonly drop: (field: string) => void
  readonly forget: (field: string, forget: boolean) => void
}

export const FormContext = createContext<FormDeps | null>(null)

export function useForm(): FormDeps {
  const form = use(FormContext)
  if (form === null) throw new Error('no form above this component')
  return form
}
