import type { AccountView, AppState, ClipboardView } from '../../../electron/contract/state.ts'
import { hindrance, isReady, tokenWords } from '../../../electron/contract/status.ts'
import { skippedWords } from '../header/mornings.ts'

/** More logins than this that end together are announced in one sentence. */
const MAX_SINGLE = 3
const NAMED = 5

const copiedWords: Record<ClipboardView['what'], string> = {
  token: 'Access token',
  code: 'Code',
  'next-code': 'The next code',
}

/**
 * Returns the announcements for the step from one state to the next, without outcomes of logins and without
 * countdowns. Banners are live regions of their own.
 */
export function news(before: AppState, after: AppState): string[] {
  const sentences: string[] = []
  const copied = after.clipboard
  if (copied !== null && copied.copiedAt !== before.clipboard?.copiedAt) {
    sentences.push(`${copiedWords[copied.what]} of ${copied.account} copied.`)
  }
  if (after.keychain === null && before.keychain !== null) sentences.push('The keychain can be used again.')
  if (after.schedule !== null && before.schedule !== null && after.schedule.state !== before.schedule.state) {
    sentences.push(`${after.schedule.words}.`)
  }
  for (const { name } of before.accounts) {
    if (!after.accounts.some((account) => account.name === name)) sentences.push(`${name} is removed.`)
  }
  const earlier = new Map(before.accounts.map((account) => [account.name, account]))
  for (const { name, question, morning } of after.accounts) {
    const earlierMorning = earlier.get(name)?.morning ?? null
    if (morning !== null && earlierMorning !== null && morning !== earlierMorning) {
      sentences.push(`${name}: ${skippedWords[morning] ?? 'Not skipped any more'}.`)
    }
    if (question !== null && question.askedAt !== earlier.get(name)?.question?.askedAt) {
      sentences.push(`${name} asks for the ${question.label}. ${question.help}`)
    }
  }
  return sentences
}

/** Returns the accounts whose logins have ended between two states. */
export function endedLogins(before: AppState, after: AppState): AccountView[] {
  const running = new Set(before.accounts.filter(({ login }) => login !== null).map(({ name }) => name))
  return after.accounts.filter(({ name, login }) => login === null && running.has(name))
}

/** Returns whether a login runs that needs nothing from the user. */
export const anyRunning = ({ accounts }: AppState): boolean =>
  accounts.some(({ login, question }) => login !== null && question === null)

/** Returns the announcement of ended logins: one by one, or in one sentence when there are many. */
export function outcomes(ended: readonly AccountView[], now: number, zone: number, hour12: boolean): string {
  if (ended.length <= MAX_SINGLE) {
    return ended.map((account) => outcome(account, now, zone, hour12)).join(' ')
  }
  const stuck = ended.filter((account) => hindrance(account) !== null)
  const ready = ended.filter((account) => !stuck.includes(account) && isReady(account))
  const cancelled = ended.length - stuck.length - ready.length
  const sentences: string[] = []
  if (ready.length > 0) sentences.push(`${count(ready.length)} ready.`)
  if (cancelled > 0) sentences.push(`${cancelled} cancelled.`)
  if (stuck.length > 0) sentences.push(`${stuck.length} did not get through: ${names(stuck)}.`)
  return sentences.join(' ')
}

function outcome(account: AccountView, now: number, zone: number, hour12: boolean): string {
  const problem = hindrance(account)
  if (problem !== null) return `${account.name}: ${problem.message} ${problem.next}`
  if (isReady(account)) return `${account.name} is ready ${tokenWords(account, now, zone, hour12)}.`
  return `${account.name}: login cancelled.`
}

const count = (accounts: number): string => (accounts === 1 ? '1 account is' : `${accounts} accounts are`)

function names(accounts: readonly AccountView[]): string {
  const more = accounts.length - NAMED
  const named = accounts.slice(0, NAMED).map(({ name }) => name)
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
