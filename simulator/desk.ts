import type { BrokerModel } from '../practice/practice-broker.ts'
import type { Chance } from './chance.ts'
import { kinds, type EntryRoutes } from './kinds.ts'
import { Ledger } from './ledger.ts'
import { Service } from './service.ts'

/** One trader's seat at one practice broker: the broker, what TokenTray was told, and the observer between them. */
export interface Desk {
  readonly model: BrokerModel
  readonly account: string
  readonly endpoints: Readonly<Record<string, string>>
  readonly entries: EntryRoutes
  readonly service: Service
  readonly passwordField: string
  readonly mayHaveSecondCode: boolean
  readonly ledger: Ledger
  /** The broker's own time, epoch ms: no two computers agree to the second. */
  readonly now: () => number
  /** What the user has typed into TokenTray. */
  typed: Readonly<Record<string, string>>
  /** Whether sessions were ended at the broker since TokenTray last had a token accepted. */
  isTokenInDoubt: boolean
  /** Whether a process was killed between writing an attempt down and hearing of it. */
  isBudgetInDoubt: boolean
  /** Wrong entries the broker had counted by last night, when it forgot them. */
  wrongEntriesForgotten: number
}

/**
 * A desk at every broker there is.
 * @param brokerId of the one broker to have a desk at
 */
export function openDesks(trueTime: () => number, chance: Chance, brokerId?: string): Desk[] {
  const desks = kinds.map(({ model: makeModel, entries, password, secondCode = true, ways }, index) => {
    const aheadMs = chance.between(-900, 900)
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
      service: new Service(ways, model.refuse),
      passwordField: password,
      mayHaveSecondCode: secondCode,
      ledger: new Ledger(),
      now,
      typed: { ...model.credentials },
      isTokenInDoubt: false,
      isBudgetInDoubt: false,
      wrongEntriesForgotten: 0,
    }
  })
  return desks.filter(({ account }) => brokerId === undefined || account === brokerId)
}

/** Whether TokenTray was told all that is right at the broker. */
export const knowsAll = ({ model, typed }: Desk): boolean =>
  Object.entries(model.credentials).every(([field, value]) => typed[field] === value)

export const hasAuthenticator = ({ model }: Desk): boolean => model.credentials['totp_secret'] !== undefined

/** Whether one request carries password and code. */
export const carriesTwo = ({ entries }: Desk): boolean =>
  Object.values(entries).some((carried) => carried.length > 1)
