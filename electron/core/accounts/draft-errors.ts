import { InputError } from '../errors.ts'
import { filledFields } from '../state/account.ts'
import { assertTerms, type AccountChange, type Accounts, type NewAccount } from './accounts.ts'
import { checkInput } from './validate.ts'

/**
 * Returns all errors of a draft by the name of the input, in the words that saving it would use. Stores and sends
 * nothing.
 * @param editing the name of the account that is edited; null for a new one
 */
export function draftErrors(
  accounts: Accounts,
  editing: string | null,
  draft: NewAccount & AccountChange,
): Record<string, string> {
  const account = editing === null ? null : accounts.open(editing).account
  const broker = accounts.broker(account?.brokerId ?? draft.brokerId)
  const { forget = [] } = draft
  const stored = account === null ? [] : filledFields(account).filter((field) => !forget.includes(field))
  const given = Object.keys(draft.values).filter((field) => draft.values[field]?.trim() !== '')
  const held = Object.fromEntries([...stored, ...given].map((field) => [field, 0]))
  const mode = draft.mode ?? account?.mode
  const termsAcceptedAt = account?.termsAcceptedAt ?? (draft.acceptTerms ? 0 : null)
  return {
    ...errorsOf(() => account === null && accounts.assertFree(draft.name)),
    ...errorsOf(() => checkInput(broker, { ...draft, mode }, new Set(stored), account?.proxy ?? null)),
    ...errorsOf(() => assertTerms({ settings: {}, secretsSetAt: held, termsAcceptedAt, mode }, broker)),
  }
}

function errorsOf(check: () => unknown): Readonly<Record<string, string>> {
  try {
    check()
    return {}
  } catch (error) {
    if (error instanceof InputError) return error.errors
    throw error
  }
}
