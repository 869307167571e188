import { createContext, use } from 'react'
import type { BrokerView, DraftView, FormView, ImportSource } from '../../electron/contract/account-form.ts'
import type { LoginMode } from '../../electron/contract/fields.ts'
import type { Errors } from './draft.ts'
import type { Said } from './useImport.ts'

/** What the parts of the form share. */
export interface FormDeps {
  readonly broker: BrokerView
  readonly editing: FormView['editing']
  readonly morningRun: FormView['morningRun']
  readonly errors: Errors
  /** What looks odd and is taken all the same, by input. */
  readonly hints: Errors
  /** Who signs in, as it is chosen now. */
  readonly mode: LoginMode
  /** What the main process says of the draft; null until it has said something. */
  readonly view: DraftView | null
  /** When the form was opened, epoch ms. */
  readonly openedAt: number
  /** Values for a new account's settings, out of a `.env` file. */
  readonly filled: Readonly<Record<string, string>>
  /** Fields whose stored secrets are to go. */
  readonly forgotten: readonly string[]
  /** What the last import has to say. */
  readonly said: Said | null
  readonly actions: FormActions
}

export interface FormActions {
  readonly importFrom: (source: ImportSource) => void
  readonly importFile: (file: Blob, name: string) => void
  readonly choose: (choice: number) => void
  /** Forgets a field's imported value. */
  readonly drop: (field: string) => void
  readonly forget: (field: string, forget: boolean) => void
}

export const FormContext = createContext<FormDeps | null>(null)

export function useForm(): FormDeps {
  const parts = use(FormContext)
  if (parts === null) throw new Error('no form above this component')
  return parts
}
