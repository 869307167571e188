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

/** How long Kotak waits for the MPIN is not known. */
const VIEW_SESSION_MS = 5 * 60_000

/** How the practice Kotak Neo is to behave; everything has a default. */
export interface KotakNeoOptions extends ModelOptions<NeoCredentials>, LoopbackOptions<'api'> {
  /** How long a token is good, in milliseconds; when not said, to the next midnight in India. */
  readonly tokenLifeMs?: number
  /** The base URL to tell after a login; when not said, that of the practice broker itself. */
  readonly baseUrl?: string
  /** True when sessions are refused because they were opened from another address. */
  readonly sessionIpRefused?: boolean
  /** True when requests are refused because they come from an address that is not whitelisted. */
  readonly ipNotAllowed?: boolean
  /** True when the person has to set a new password first, which a login says. */
  readonly passwordExpired?: boolean
  /** The HTTP status under which a missing field is refused: 400, or 200 as some accounts have it. */
  readonly missingFieldStatus?: 200 | 400
  /** Which public address a client has, by the address its connection comes from; that one when not said. */
  readonly seenAs?: (peer: string) => string
}

export interface KotakNeoModel extends BrokerModel<'api'> {
  readonly credentials: NeoCredentials
}

/**
 * A practice Kotak Neo: `api` plays both mis.kotaksecurities.com, for the login, and the host that a login is told
 * to use from then on.
 */
export interface KotakNeoPractice extends KotakNeoModel, PracticeBroker, PracticeControls {
  readonly credentials: NeoCredentials
  readonly endpoints: Readonly<Record<'api', string>>
}

/** Starts a practice Kotak Neo on a loopback port. */
export function startKotakNeo(options: KotakNeoOptions = {}): Promise<KotakNeoPractice> {
  return listen(kotakNeoModel(options), ['api'], options)
}

/** Kotak Neo without sockets. */
export function kotakNeoModel(options: KotakNeoOptions = {}): KotakNeoModel {
  const { now = Date.now, tokenLifeMs } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { consumer_key, mobile_number, ucc } = credentials
  const account = new Account(credentials, now)
  // No source says when a token ends. Its JWT does, so a client has to read it there.
  const expiryOf = (madeAt: number) =>
    tokenLifeMs === undefined ? lastIst(0, madeAt) + DAY_MS : madeAt + tokenLifeMs
  const neo: NeoState = {
    credentials,
    account,
    // A half-done login does not outlive a restart.
    viewSessions: new Sessions([randomId()], now, (madeAt) => madeAt + VIEW_SESSION_MS),
    tradeSessions: new Sessions([consumer_key, mobile_number, ucc], now, expiryOf),
    baseUrl: options.baseUrl,
    sessionIpRefused: options.sessionIpRefused ?? false,
    ipNotAllowed: options.ipNotAllowed ?? false,
    passwordExpired: options.passwordExpired ?? false,
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
