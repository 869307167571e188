import { Account } from './account.ts'
import { DAY_MS, lastIst } from './ist.ts'
import { MADE_UP_CREDENTIALS, type NeoCredentials } from './kotak-neo/credentials.ts'
import { refuse } from './kotak-neo/envelope.ts'
import { loginRoutes } from './kotak-neo/login-routes.ts'
import { Sessions } from './kotak-neo/sessions.ts'
import type { NeoState } from './kotak-neo/state.ts'
import { clientIpRoutes } from './kotak-neo/client-ip-routes.ts'
import { tradingRoutes } from './kotak-neo/trading-routes.ts'
import { completeModel } from './broker-model.ts'
import { listen, type LoopbackOptions } from './listen.ts'
import type { ModelOptions, PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'
import { randomId } from './random-id.ts'

/** The time that Kotak waits for the MPIN is unknown; this value is our choice. */
const VIEW_SESSION_MS = 5 * 60_000

/** Configures the practice Kotak Neo; every option has a default. */
export interface KotakNeoOptions extends ModelOptions<NeoCredentials>, LoopbackOptions<'api'> {
  /** The lifetime of a token, in milliseconds; by default until the next midnight in India. */
  readonly tokenLifeMs?: number
  /** The base URL that a login returns; by default that of the practice broker. */
  readonly baseUrl?: string
  /** True if Kotak refuses sessions that were opened from another address. */
  readonly sessionIpRefused?: boolean
  /** True if Kotak refuses requests from an address that is not whitelisted. */
  readonly ipNotAllowed?: boolean
  /** True if the person must first set a new password, which a login reports. */
  readonly passwordExpired?: boolean
  /** The client code that the sessions name; the right one by default, empty for none. */
  readonly sessionOf?: string
  /** The HTTP status of a refused call with a missing field: 400, or 200 as for some accounts. */
  readonly missingFieldStatus?: 200 | 400
  /** Maps the peer address of a connection to the client's public address; by default the same address. */
  readonly seenAs?: (peer: string) => string
}

export interface KotakNeoModel extends BrokerModel<'api'> {
  readonly credentials: NeoCredentials
}

/**
 * A practice Kotak Neo: `api` plays mis.kotaksecurities.com, for the login, and the host that a login returns
 * for later calls.
 */
export interface KotakNeoPractice extends KotakNeoModel, PracticeBroker, PracticeControls {
  readonly credentials: NeoCredentials
  readonly endpoints: Readonly<Record<'api', string>>
}

/** Starts a practice Kotak Neo on a loopback port. */
export function startKotakNeo(options: KotakNeoOptions = {}): Promise<KotakNeoPractice> {
  return listen(kotakNeoModel(options), ['api'], options)
}

/** Returns Kotak Neo without sockets. */
export function kotakNeoModel(options: KotakNeoOptions = {}): KotakNeoModel {
  const { now = Date.now, tokenLifeMs } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { consumer_key, mobile_number, ucc } = credentials
  const account = new Account(credentials, now)
  // No source says when a token ends. Its JWT does, so clients must read the expiry there.
  const expiryOf = (madeAt: number) =>
    tokenLifeMs === undefined ? lastIst(0, madeAt) + DAY_MS : madeAt + tokenLifeMs
  const neo: NeoState = {
    credentials,
    account,
    // An incomplete login does not survive a restart.
    viewSessions: new Sessions([randomId()], now, (madeAt) => madeAt + VIEW_SESSION_MS),
    tradeSessions: new Sessions([consumer_key, mobile_number, ucc], now, expiryOf),
    baseUrl: options.baseUrl,
    sessionIpRefused: options.sessionIpRefused ?? false,
    ipNotAllowed: options.ipNotAllowed ?? false,
    passwordExpired: options.passwordExpired ?? false,
    sessionOf: options.sessionOf ?? credentials.ucc,
    missingFieldStatus: options.missingFieldStatus ?? 400,
    addressOf: ({ peer = '127.0.0.1' }) => options.seenAs?.(peer) ?? peer.replace(/^::ffff:/, ''),
    openedFrom: new Map(),
    loginsCompleted: 0,
  }

  function endSessions(): void {
    neo.viewSessions.endAll()
    neo.tradeSessions.endAll()
  }

  return completeModel(neo, endSessions, {
    brokerId: 'kotak-neo',
    routes: { api: { ...loginRoutes(neo), ...clientIpRoutes(neo), ...tradingRoutes(neo) } },
    refuse,
    codesSeen: account.codesSeen,
    code: () => account.code(),
    useUpCode: () => {
      account.useUpCode()
    },
    accepts: ({ token = '', sid = '' }) => neo.tradeSessions.isLive({ token, sid }),
  })
}
