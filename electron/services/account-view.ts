import type { AccountView } from '../contract/state.ts'
import { summaryOf, type Summary } from '../contract/summary.ts'
import { staysOnThisComputer } from '../core/accounts/binding.ts'
import { isForCodesAlone } from '../core/accounts/codes-alone.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { fieldNamed } from '../core/brokers/find-field.ts'
import { hostsOf } from '../core/brokers/pages.ts'
import { tokensWantedOn } from '../core/schedule/trading-days.ts'
import { fieldToMend } from '../core/login/attempts/messages.ts'
import { refusedAddress } from '../core/login/addresses.ts'
import { pauseLeft } from '../core/login/attempts/login-limits.ts'
import { filledFields, type Account } from '../core/state/account.ts'
import { storedTotpField } from '../core/state/attempts.ts'
import { dayOf } from '../core/time/ist.ts'
import type { Services } from './services.ts'

type Known = Pick<Services, 'accounts' | 'clock' | 'store' | 'tokens'>

/** Returns an account as every surface shows it, without what only a running app knows. */
export function accountView(
  { clock, tokens }: Pick<Services, 'clock' | 'tokens'>,
  account: Account,
  broker: Broker,
): AccountView {
  const practice = staysOnThisComputer(account.endpoints, broker)
  return {
    name: account.name,
    brokerId: broker.id,
    brokerName: broker.name,
    initials: broker.initials,
    colour: broker.colour,
    practice,
    pages: practice ? null : hostsOf(broker),
    toEnter: toEnter(account, broker),
    refusedAddress: refusedAddress(account),
    pausedUntil: pausedUntil(account, broker, clock.now()),
    canSignIn: broker.assisted !== undefined && account.mode !== 'assisted',
    canLogIn: !isForCodesAlone(broker, filledFields(account)),
    morning: null,
    hasCode: storedTotpField(account, broker) !== undefined,
    freshness: tokens.freshness(account.name),
    expiresAt: account.token?.expiresAt ?? null,
    login: null,
    question: null,
    problem: account.problem,
    totp: null,
  }
}

function toEnter(account: Account, broker: Broker): string | null {
  if (account.problem === null) return null
  const name = fieldToMend(account.problem, account, broker)
  return name === null ? null : (fieldNamed(broker, name)?.label ?? null)
}

function pausedUntil(account: Account, broker: Broker, now: number): number | null {
  const left = pauseLeft(account, broker, now)
  return left > 0 ? now + left : null
}

/** Returns accounts by name, or all, as every surface shows them. */
export const accountViews = (
  services: Known,
  names: readonly string[] = services.accounts.list.map(({ name }) => name),
): AccountView[] =>
  names.map((name) => {
    const { account, broker } = services.accounts.open(name)
    return accountView(services, account, broker)
  })

/** Sums up all accounts for a command, which shows no logins and no questions of other processes. */
export const summaryOfAll = (services: Known): Summary | null =>
  summaryOf({
    accounts: accountViews(services),
    keychain: null,
    tokensWanted: areTokensWanted(services),
  })

/** Tells whether the market is open or opens within the hour, so that a missing token is urgent. */
export function areTokensWanted({ clock, store }: Pick<Services, 'clock' | 'store'>): boolean {
  const now = clock.now()
  const wanted = tokensWantedOn(dayOf(now), store.state.settings.schedule)
  return wanted !== null && wanted.from <= now && now < wanted.until
}

/** Returns the moments of today at which `areTokensWanted` changes, epoch ms. */
export function wantedMoments({ clock, store }: Pick<Services, 'clock' | 'store'>): number[] {
  const wanted = tokensWantedOn(dayOf(clock.now()), store.state.settings.schedule)
  return wanted === null ? [] : [wanted.from, wanted.until]
}
