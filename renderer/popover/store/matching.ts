import type { AccountView } from '../../../electron/contract/state.ts'
import { statusOf } from '../../../electron/contract/status.ts'

/**
 * Returns the accounts that match every word of the search, so that "zerodha expired" works. A word matches the name,
 * the broker's name or the state as the card shows it.
 */
export function matching(
  accounts: readonly AccountView[],
  query: string,
  now: number,
): readonly AccountView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return accounts
  return accounts.filter((account) => {
    const text = `${account.name} ${account.brokerName} ${statusOf(account, now).word}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
