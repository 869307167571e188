import { InputError } from '../errors.ts'
import { filledFields } from '../state/account.ts'
import type { AccountChange, Accounts, NewAccount } from './accounts.ts'
import { assertTerms, checkInput, typedText, type CheckedInput } from './validate.ts'

export interface CheckedDraft {
  /** Everything that is wrong, by the name of the input, in the words that saving it would use. */
  readonly errors: Readonly<Record<string, string>>
  /** What saving it would keep; null when the fields or addresses are wrong. */
  readonly input: CheckedInput | null
}

/**
 * Checks what was typed so far. Nothing is kept or sent.
 * @param editing the account being changed; null for a new one
 */
export function checkDraft(
  accounts: Accounts,
  editing: string | null,
  draft: NewAccount & AccountChange,
): CheckedDraft {
  const account = editing === null ? null : accounts.open(editing).account
  const broker = accounts.broker(account?.brokerId ?? draft.brokerId)
  const { forget = [] } = draft
  const stored = account === null ? [] : filledFields(account).filter((field) => !forget.includes(field))
  const given = Object.keys(draft.values).filter((field) => typedText(draft.values[field]).trim() !== '')
  const held = Object.fromEntries([...stored, ...given].map((field) => [field, 0]))
  const mode = draft.mode ?? account?.mode
  const termsAcceptedAt = account?.termsAcceptedAt ?? (draft.acceptTerms ? 0 : null)
  const name = attempt(() => account ?? accounts.assertFree(draft.name))
  const input = attempt(() => checkInput(broker, { ...draft, mode }, new Set(stored), account))
  const terms = attempt(() =>
    assertTerms({ settings: {}, secretsSetAt: held, termsAcceptedAt, mode }, broker),
  )
  return { errors: { ...name.errors, ...input.errors, ...terms.errors }, input: input.result }
}

interface Attempt<T> {
  readonly result: T | null
  readonly errors: Readonly<Record<string, string>>
}

function attempt<T>(check: () => T): Attempt<T> {
  try {
    return { result: check(), errors: {} }
  } catch (error) {
    if (error instanceof InputError) return { result: null, errors: error.errors }
    throw error
  }
}
