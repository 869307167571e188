import type { AppState } from './state.ts'
import { isReady, interactionNeeded } from './status.ts'
import type { Tone } from './status.ts'

export interface Summary {
  words: string
  tone: Extract<Tone, 'plain' | 'warn' | 'bad'>
  /** The accounts that wait for the user. */
  waiting: readonly string[]
}

/** Sums up all accounts in one line, coloured only when something needs the user. */
export function summaryOf(state: AppState): Summary | null {
  const { keychain } = state
  const accounts = state.accounts.filter(({ canLogIn }) => canLogIn)
  if (keychain !== null) {
    const words = keychain.kind === 'keychain-missing' ? 'No keychain' : 'Keychain locked'
    return { words, tone: 'bad', waiting: [] }
  }
  if (accounts.length === 0) return null
  const ready = accounts.filter((account) => isReady(account) && account.login === null).length
  const busy = accounts.filter((account) => account.login !== null).length
  const stuck = accounts.filter(interactionNeeded)
  const asking = accounts.filter((account) => account.question !== null)
  const waiting = [...asking, ...stuck].map(({ name }) => name)
  const parts = [`${String(ready)} of ${String(accounts.length)} ready`]
  if (waiting.length > 0) parts.push(waiting.length === 1 ? '1 needs you' : `${waiting.length} need you`)
  else if (busy > 0) parts.push(`${String(busy)} logging in`)
  const ending = accounts.filter(
    (account) => account.freshness === 'expiring' && account.login === null,
  ).length
  if (ending > 0 && parts.length === 1)
    parts.push(ending === 1 ? '1 ends soon' : `${String(ending)} end soon`)
  const tone = stuck.length > 0 ? 'bad' : asking.length + ending > 0 ? 'warn' : 'plain'
  return { words: parts.join(' · '), tone, waiting }
}
