import { AccessTokens } from './access-tokens.ts'
import { EntryCounter } from './account.ts'
import { lastIst } from './ist.ts'
import { MADE_UP_CREDENTIALS, type TradeCredentials } from './kotak-trade/credentials.ts'
import { refuse, type SuccessKey } from './kotak-trade/envelope.ts'
import { marginRoutes } from './kotak-trade/margin-routes.ts'
import { sessionRoutes } from './kotak-trade/session-routes.ts'
import type { TradeState } from './kotak-trade/state.ts'
import { completeModel } from './broker-model.ts'
import { OneTimeTokens } from './one-time-tokens.ts'
import { listen, type LoopbackOptions } from './listen.ts'
import { randomId } from './random-id.ts'
import type { ModelOptions, PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'

type Endpoint = 'api' | 'moved'

/** Configures the model of the practice Trade API; every option has a default. */
export interface KotakTradeModelOptions extends ModelOptions<TradeCredentials> {
  /** True for an account that requires the access code at login. */
  readonly accessCodeRequired?: boolean
  /** The spelling of the success key; by default a mixture, as at Kotak. */
  readonly successKey?: SuccessKey
}

/** Configures the practice Trade API; every option has a default. */
export interface KotakTradeOptions extends KotakTradeModelOptions, LoopbackOptions<Endpoint> {
  /** True if `api` redirects every call to `moved`. */
  readonly redirectInit?: boolean
}

export interface KotakTradeModel extends BrokerModel<Endpoint> {
  readonly credentials: TradeCredentials
  /** Lets `api` redirect every later call to the host with this base URL. */
  moveTo(host: string): void
}

/**
 * A practice Kotak Trade API, the predecessor of Neo: `api` plays tradeapi.kotaksecurities.com/apim, and `moved`
 * the host to which it may redirect a client.
 */
export interface KotakTradePractice extends KotakTradeModel, PracticeBroker, PracticeControls {
  readonly credentials: TradeCredentials
  readonly endpoints: Readonly<Record<Endpoint, string>>
}

/** Starts a practice Kotak Trade API on two loopback ports. */
export async function startKotakTrade(options: KotakTradeOptions = {}): Promise<KotakTradePractice> {
  const broker = await listen(kotakTradeModel(options), ['api', 'moved'], options)
  if (options.redirectInit === true) broker.moveTo(broker.endpoints.moved)
  return broker
}

/** Returns the Kotak Trade API without sockets. */
export function kotakTradeModel(options: KotakTradeModelOptions = {}): KotakTradeModel {
  const { now = Date.now } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { consumer_key, userid } = credentials
  const trade: TradeState = {
    credentials,
    account: new EntryCounter(),
    oneTimeTokens: new OneTimeTokens(now, () => randomId().toUpperCase()),
    // Kotak does not say when a session ends. The access code changes daily, so no session lasts longer here.
    sessionTokens: new AccessTokens([consumer_key, userid], now, (moment) => lastIst(0, moment)),
    accessCodeRequired: options.accessCodeRequired ?? false,
    successKey: options.successKey,
    movedTo: undefined,
    loginsCompleted: 0,
    now,
  }

  function host(movedTo: () => string | undefined) {
    return { ...sessionRoutes(trade, movedTo), ...marginRoutes(trade, movedTo) }
  }

  function endSessions(): void {
    trade.oneTimeTokens.clear()
    trade.sessionTokens.revokeAll()
  }

  return completeModel(trade, endSessions, {
    brokerId: 'kotak-trade',
    routes: { api: host(() => trade.movedTo), moved: host(() => undefined) },
    refuse,
    // Its codes come by SMS and belong to no time step.
    codesSeen: [],
    code: () => credentials.access_code,
    // The code of the day is valid all day.
    useUpCode: () => undefined,
    accepts: ({ session_token = '' }) => trade.sessionTokens.isLive(session_token),
    moveTo: (address: string) => {
      trade.movedTo = address
    },
  })
}
