import { Account } from './account.ts'
import { refuse } from './kite-connect/envelope.ts'
import { loginRoutes } from './kite-connect/login-routes.ts'
import type { TwofaType } from './kite-connect/state.ts'
import { WebSessions } from './kite-connect/web-sessions.ts'
import { MADE_UP_CREDENTIALS, type KiteWebCredentials } from './kite-web/credentials.ts'
import { EncTokens } from './kite-web/enc-tokens.ts'
import { omsRoutes } from './kite-web/oms-routes.ts'
import type { KiteWebState } from './kite-web/state.ts'
import { completeModel } from './broker-model.ts'
import { listen, type LoopbackOptions } from './listen.ts'
import type { ModelOptions, PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'

type Endpoint = 'web'

/** Configures the practice Kite; every option has a default. */
export interface KiteWebOptions extends ModelOptions<KiteWebCredentials>, LoopbackOptions<Endpoint> {
  /** The account's second factors, the preferred one first. */
  readonly twofaTypes?: readonly [TwofaType, ...TwofaType[]]
  /** A mobile number that is accepted in place of the user ID. */
  readonly mobile?: string
}

export interface KiteWebModel extends BrokerModel<Endpoint> {
  readonly credentials: KiteWebCredentials
}

/** A practice Kite: `web` plays kite.zerodha.com for a person who signs in to Kite itself. */
export interface KiteWebPractice extends KiteWebModel, PracticeBroker, PracticeControls {
  readonly credentials: KiteWebCredentials
  readonly endpoints: Readonly<Record<Endpoint, string>>
}

/** Starts a practice Kite on a loopback port. */
export function startKiteWeb(options: KiteWebOptions = {}): Promise<KiteWebPractice> {
  return listen(kiteWebModel(options), ['web'], options)
}

/** Returns Kite without sockets. */
export function kiteWebModel(options: KiteWebOptions = {}): KiteWebModel {
  const { now = Date.now, twofaTypes = ['totp'] } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const account = new Account(credentials, now)
  const kite: KiteWebState = {
    credentials,
    account,
    twofaTypes,
    mobile: options.mobile,
    sessions: new WebSessions(),
    encTokens: new EncTokens([credentials.user_id], now),
    newEncToken: () => {
      kite.loginsCompleted += 1
      return kite.encTokens.issue()
    },
    loginsCompleted: 0,
  }

  function endSessions(): void {
    kite.sessions.clear()
    kite.encTokens.end()
  }

  return completeModel(kite, endSessions, {
    brokerId: 'kite-web',
    routes: { web: { ...loginRoutes(kite), ...omsRoutes(kite) } },
    refuse,
    codesSeen: account.codesSeen,
    code: () => account.code(),
    useUpCode: () => {
      account.useUpCode()
    },
    accepts: ({ enctoken = '' }) => kite.encTokens.isLive(enctoken),
  })
}
