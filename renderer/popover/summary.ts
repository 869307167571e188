import type { AppState } from '../../electron/contract/state.ts'
import { isReady, needsUser } from './status.ts'
import type { Tone } from './status.ts'

export interface Summary {
  words: string
  tone: Extract<Tone, 'plain' | 'warn' | 'bad'>
}

/** The whole tray in one line; in colour only when something needs the user. */
export function summaryOf(state: AppState): Summary | null {
  const { accounts, keychain } = state
  if (keychain !== null) {
    return { words: keychain.kind === 'keychain-missing' ? 'No keychain' : 'Keychain locked', tone: 'bad' }
  }
  if (accounts.length === 0) return null
  const ready = accounts.filter((account) => isReady(account) && account.login === null).length
  const busy = accounts.filter((account) => account.login !== null).length
  const stuck = accounts.filter(needsUser).length
  const asking = accounts.filter((account) => account.question !== null).length
  const waiting = stuck + asking
  const parts = [`${String(ready)} of ${String(accounts.length)} ready`]
  if (waiting > 0) parts.push(waiting === 1 ? '1 needs you' : `${String(waiting)} need you`)
  else if (busy > 0) parts.push(`${String(busy)} logging in`)
  const ending = accounts.filter(
    (account) => account.freshness === 'expiring' && account.login === null,
  ).length
  if (ending > 0 && parts.length === 1)
    parts.push(ending === 1 ? '1 ends soon' : `${String(ending)} end soon`)
  return { words: parts.join(' · '), tone: stuck > 0 ? 'bad' : asking + ending > 0 ? 'warn' : 'plain' }
}
