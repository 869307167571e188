import { AccessTokens } from './access-tokens.ts'
import { Tries } from './account.ts'
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

/** How the model of the practice Trade API is to behave; everything has a default. */
export interface KotakTradeModelOptions extends ModelOptions<TradeCredentials> {
  /** True for an account that refuses to be logged in to without the access code. */
  readonly accessCodeRequired?: boolean
  /** The one spelling of the key around a success; when not said, a mixture, as Kotak's own. */
  readonly successKey?: SuccessKey
}

/** How the practice Trade API is to behave; everything has a default. */
export interface KotakTradeOptions extends KotakTradeModelOptions, LoopbackOptions<Endpoint> {
  /** True when `api` sends everyone to `moved` and answers nothing else. */
  readonly redirectInit?: boolean
}

export interface KotakTradeModel extends BrokerModel<Endpoint> {
  readonly credentials: TradeCredentials
  /** From now on `api` sends everyone to the host with this base URL, and answers nothing else. */
  moveTo(host: string): void
}

/**
 * A practice Kotak Trade API, the one before Neo: `api` plays tradeapi.kotaksecurities.com/apim and `moved` the
 * host that it may send a client to.
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

/** The Kotak Trade API without sockets. */
export function kotakTradeModel(options: KotakTradeModelOptions = {}): KotakTradeModel {
  const { now = Date.now } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { consumer_key, userid } = credentials
  const trade: TradeState = {
    credentials,
    account: new Tries(),
    oneTimeTokens: new OneTimeTokens(now, () => randomId().toUpperCase()),
    // Kotak does not say when one ends. The access code is a new one every day, so no session is longer here.
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
    // The code of the day is good all day.
    useUpCode: () => undefined,
    accepts: ({ session_token = '' }) => trade.sessionTokens.isLive(session_token),
    moveTo: (address: string) => {
      trade.movedTo = address
    },
  })
}
