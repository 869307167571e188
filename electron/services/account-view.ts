import type { AccountView } from '../contract/state.ts'
import { summaryOf, type Summary } from '../contract/summary.ts'
import { staysOnThisComputer } from '../core/accounts/binding.ts'
import { isForCodesAlone } from '../core/accounts/codes-alone.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { tokensWantedOn } from '../core/schedule/trading-days.ts'
import { filledFields, type Account } from '../core/state/account.ts'
import { storedTotpField } from '../core/state/attempts.ts'
import { dayOf } from '../core/time/ist.ts'
import type { Services } from './services.ts'

type Known = Pick<Services, 'accounts' | 'clock' | 'store' | 'tokens'>

/** Returns an account as every surface shows it, without what only a running app knows. */
export const accountView = (
  { tokens }: Pick<Services, 'tokens'>,
  account: Account,
  broker: Broker,
): AccountView => ({
  name: account.name,
  brokerId: broker.id,
  brokerName: broker.name,
  initials: broker.initials,
  colour: broker.colour,
  practice: staysOnThisComputer(account.endpoints, broker),
  canLogIn: !isForCodesAlone(broker, filledFields(account)),
  morning: null,
  hasCode: storedTotpField(account, broker) !== undefined,
  freshness: tokens.freshness(account.name),
  expiresAt: account.token?.expiresAt ?? null,
  login: null,
  question: null,
  problem: account.problem,
  totp: null,
})

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
