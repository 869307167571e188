import type { BrokerModel } from '../practice/practice-broker.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { EntryRoutes, Simulation } from '../practice/kit/simulation.ts'
import { kinds } from './kinds.ts'
import { Ledger } from './ledger.ts'
import { Service } from './service.ts'

/** Holds one trader's account at one practice broker: the model, the entered secrets and the observer. */
export interface TraderBroker {
  readonly model: BrokerModel
  readonly account: string
  readonly endpoints: Readonly<Record<string, string>>
  readonly entries: EntryRoutes
  readonly service: Service
  /** Null where a login has no password. */
  readonly passwordField: string | null
  readonly mayHaveSecondCode: boolean
  /** The broker's limits of logins. */
  readonly limits: NonNullable<Simulation['limits']>
  /** Whether a second try has to wait longer than a login does. */
  readonly isSlow: boolean
  /** The route that exchanges the token at hand for a longer one; null where the broker has none. */
  readonly renewal: string | null
  /** Recognises replies that judge no entry. */
  readonly judgesNothing: NonNullable<Simulation['notJudged']>
  readonly ledger: Ledger
  /** The broker's own time, epoch ms. It differs from other computers' by up to a second. */
  readonly now: () => number
  /** The secrets that the user has entered in TokenTray. */
  typed: Readonly<Record<string, string>>
  /** Whether the broker has ended sessions since it last accepted a token of TokenTray. */
  isTokenInDoubt: boolean
  /**
   * Number of tries to get a longer token, also of those that never left. Each may end the token at hand, or in the
   * last third of its life lead to a login.
   */
  renewals: number
  /** Whether a kill came between the record of an attempt and its reply. */
  isBudgetInDoubt: boolean
  /** Wrong entries that the broker had counted and then forgot last night. */
  wrongEntriesForgotten: number
}

/**
 * Opens an account at every practice broker.
 * @param brokerId limits the accounts to one broker
 */
export function openTraderBrokers(
  trueTime: () => number,
  random: SeededRandom,
  brokerId?: string,
): TraderBroker[] {
  const traderBrokers = kinds.map(
    (
      {
        model: makeModel,
        entries,
        password,
        secondCode = true,
        loginRoutes,
        notJudged,
        renewal = null,
        limits = [],
      },
      index,
    ) => {
      const aheadMs = random.between(-900, 900)
      const now = (): number => trueTime() + aheadMs
      const base = (endpoint: string): string => `https://${endpoint}.broker-${index}.example`
      const model = makeModel(now, base)
      const endpoints: Record<string, string> = {}
      for (const key of Object.keys(model.routes)) endpoints[key] = base(key)
      return {
        model,
        account: model.brokerId,
        endpoints,
        entries,
        service: new Service(loginRoutes, model.refuse),
        passwordField: password ?? null,
        mayHaveSecondCode: secondCode,
        limits,
        isSlow: limits.some(({ logins, withinMs }) => logins < 3 && withinMs > 30_000),
        renewal,
        judgesNothing: notJudged ?? (() => false),
        ledger: new Ledger(),
        now,
        typed: { ...model.credentials },
        isTokenInDoubt: false,
        renewals: 0,
        isBudgetInDoubt: false,
        wrongEntriesForgotten: 0,
      }
    },
  )
  return traderBrokers.filter(({ account }) => brokerId === undefined || account === brokerId)
}

/** Tells whether TokenTray has every secret as the broker has it. */
export const knowsAll = ({ model, typed }: TraderBroker): boolean =>
  Object.entries(model.credentials).every(([field, value]) => typed[field] === value)

export const hasAuthenticator = ({ model }: TraderBroker): boolean =>
  model.credentials['totp_secret'] !== undefined

/** Tells whether one request carries password and code. */
export const carriesTwo = ({ entries }: TraderBroker): boolean =>
  Object.values(entries).some((carried) => carried.length > 1)
