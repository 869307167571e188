import type { AccountView, AppState } from '../../electron/contract/state.ts'
import { hindrance, isReady, tokenWords } from './status.ts'

function loginOutcome(account: AccountView, now: number, zone: number): string {
  const problem = hindrance(account)
  if (problem !== null) return `${account.name}: ${problem.message} ${problem.next}`
  if (isReady(account)) return `${account.name} is ready ${tokenWords(account, now, zone)}.`
  return `${account.name}: login cancelled.`
}

/** What a screen reader says about the step from one state to the next: questions and outcomes, never the seconds. */
export function announcement(before: AppState, after: AppState, now: number, zone: number): string | null {
  const said: string[] = []
  const copied = after.clipboard
  if (copied !== null && copied.clearsAt !== before.clipboard?.clearsAt) {
    said.push(`${copied.what === 'token' ? 'Access token' : 'Code'} of ${copied.account} copied.`)
  }
  if (after.keychain !== null && before.keychain === null) {
    said.push(`${after.keychain.message} ${after.keychain.next}`)
  }
  const earlier = new Map(before.accounts.map((account) => [account.name, account]))
  for (const account of after.accounts) {
    const { name, question } = account
    if (question !== null && question.askedAt !== earlier.get(name)?.question?.askedAt) {
      said.push(`${name} asks for the ${question.label}. ${question.help}`)
    }
    const wasLoggingIn = (earlier.get(name)?.login ?? null) !== null
    if (wasLoggingIn && account.login === null) said.push(loginOutcome(account, now, zone))
  }
  return said.length === 0 ? null : said.join(' ')
}
