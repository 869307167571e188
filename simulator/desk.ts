import type { PracticeMind } from '../practice/practice-broker.ts'
import { kiteConnectMind } from '../practice/kite-connect.ts'
import { kiteWebMind } from '../practice/kite-web.ts'
import { kotakNeoMind } from '../practice/kotak-neo.ts'
import { kotakTradeMind } from '../practice/kotak-trade.ts'
import { upstoxMind } from '../practice/upstox.ts'
import type { Chance } from './chance.ts'
import { Ledger, type Entry } from './ledger.ts'

/** Where a broker is told a password or a code, by route, with the field that holds it. */
type EntryRoutes = Readonly<Record<string, { readonly entry: Entry; readonly field: string }>>

interface Kind {
  /** @param base the base URL of each endpoint */
  readonly mind: (now: () => number, base: (endpoint: string) => string) => PracticeMind
  readonly entries: EntryRoutes
  /** The credential that the broker counts as a password. */
  readonly password: string
  /** False where a refused code is not tried again, because the broker counts down without saying from how many. */
  readonly secondCode?: false
}

const kiteEntries: EntryRoutes = {
  'POST /api/login': { entry: 'password', field: 'password' },
  'POST /api/twofa': { entry: 'code', field: 'twofa_value' },
}

const kinds: readonly Kind[] = [
  { mind: (now) => kiteConnectMind({ now }), password: 'password', entries: kiteEntries },
  {
    // Somebody else: the two Zerodha brokers know a person by the same user ID.
    mind: (now) => kiteWebMind({ now, credentials: { user_id: 'PR0002' } }),
    password: 'password',
    entries: kiteEntries,
  },
  {
    mind: (now, base) =>
      upstoxMind({ now, hosts: () => ({ login: base('login'), service: base('service') }) }),
    password: 'pin_code',
    secondCode: false,
    entries: {
      'POST /login/open/v5/auth/1fa/otp-totp/verify': { entry: 'code', field: 'otp' },
      'POST /login/open/v4/auth/2fa': { entry: 'password', field: 'inputText' },
    },
  },
  {
    mind: (now) => kotakNeoMind({ now }),
    password: 'mpin',
    entries: {
      'POST /login/1.0/tradeApiLogin': { entry: 'code', field: 'totp' },
      'POST /login/1.0/tradeApiValidate': { entry: 'password', field: 'mpin' },
    },
  },
  {
    mind: (now) => kotakTradeMind({ now }),
    password: 'password',
    entries: { 'POST /session/1.0/session/login/userid': { entry: 'password', field: 'password' } },
  },
]

/** One trader's seat at one practice broker: the broker, what TokenTray was told, and the observer between them. */
export interface Desk {
  readonly mind: PracticeMind
  readonly account: string
  readonly endpoints: Readonly<Record<string, string>>
  readonly entries: EntryRoutes
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

/** A desk at every broker there is. */
export function openDesks(trueTime: () => number, chance: Chance): Desk[] {
  return kinds.map(({ mind: makeMind, entries, password, secondCode = true }, index) => {
    const aheadMs = chance.between(-900, 900)
    const now = (): number => trueTime() + aheadMs
    const base = (endpoint: string): string => `https://${endpoint}.broker-${index}.example`
    const mind = makeMind(now, base)
    const endpoints: Record<string, string> = {}
    for (const key of Object.keys(mind.routes)) endpoints[key] = base(key)
    return {
      mind,
      account: mind.brokerId,
      endpoints,
      entries,
      passwordField: password,
      mayHaveSecondCode: secondCode,
      ledger: new Ledger(),
      now,
      typed: { ...mind.credentials },
      isTokenInDoubt: false,
      isBudgetInDoubt: false,
      wrongEntriesForgotten: 0,
    }
  })
}
