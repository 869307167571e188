import { headerOf, type Handler, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withJson, type JsonFields, type JsonHandler } from '../json-fields.ts'
import { withHeaders } from './app-check.ts'
import { refuse, refuseAccess, refuseLocked, refuseOneTimeToken, success } from './envelope.ts'
import { halfLogin, placeOf, wholeLogin } from './person.ts'
import type { TradeState } from './state.ts'

const APP = ['ip', 'appid']

/**
 * Returns the session calls of one host, in the order of https://github.com/paramatrixtech/ksapi
 * A host takes a password only after `init`, so a redirected client must call `init` again at the new host.
 * @param movedTo returns the host to which every call is redirected, if any
 */
export function sessionRoutes(trade: TradeState, movedTo: () => string | undefined): Routes {
  const { account, credentials, oneTimeTokens, sessionTokens, successKey } = trade
  let isInitialised = false

  function init(request: PracticeRequest): Reply {
    const userid = headerOf(request, 'userid')
    if (userid !== credentials.userid) return refuse(400, 'Unknown userid')
    isInitialised = true
    const host = request.url.origin
    return success(successKey ?? 'Success', {
      clientType: 'ONLINE',
      message: '',
      redirect: placeOf(movedTo() ?? host),
      service: placeOf(host),
      status: 'Success',
      userid,
    })
  }

  function login({ userid, password }: JsonFields, request: PracticeRequest): Reply {
    if (!isInitialised) return refuse(400, 'Initialise the session first')
    // An unknown user looks like a wrong password, and adds no wrong entry to this account.
    if (userid !== credentials.userid) return wrongPassword()
    const verdict = account.enterPassword(password === credentials.password)
    if (verdict === 'blocked') return refuseLocked()
    if (verdict === 'wrong') return wrongPassword()
    oneTimeTokens.clear()
    return success(successKey ?? 'Success', {
      ...halfLogin(trade.now()),
      oneTimeToken: oneTimeTokens.issue(),
      redirect: { ...placeOf(request.url.origin), userid },
    })
  }

  function withAccessCode({ userid, accessCode }: JsonFields, request: PracticeRequest): Reply {
    if (!isBetween(request, userid)) return refuseOneTimeToken()
    // Clients must not rely on a second code for the same token, because Kotak's behaviour is unknown.
    oneTimeTokens.clear()
    const verdict = account.noteCode(accessCode === credentials.access_code)
    if (verdict === 'blocked') return refuseLocked()
    return verdict === 'wrong' ? refuse(401, 'Invalid access code') : loggedIn(request)
  }

  function withoutAccessCode({ userid }: JsonFields, request: PracticeRequest): Reply {
    if (!isBetween(request, userid)) return refuseOneTimeToken()
    if (trade.accessCodeRequired) return refuse(400, 'Access code is required')
    if (account.isBlocked) return refuseLocked()
    oneTimeTokens.clear()
    return loggedIn(request)
  }

  function isBetween(request: PracticeRequest, userid: string | undefined): boolean {
    return userid === credentials.userid && oneTimeTokens.isGood(headerOf(request, 'onetimetoken'))
  }

  function loggedIn(request: PracticeRequest): Reply {
    trade.loginsCompleted += 1
    const answer = wholeLogin(request.url.origin, credentials.userid, trade.now())
    return success(successKey ?? 'success', { ...answer, sessionToken: sessionTokens.mint() })
  }

  function logout(request: PracticeRequest): Reply {
    const token = headerOf(request, 'sessiontoken')
    const isTheirs = headerOf(request, 'userid') === credentials.userid && sessionTokens.isLive(token)
    if (!isTheirs) return refuseAccess()
    sessionTokens.revoke(token)
    return success(successKey ?? 'Success', { message: 'Logout Successful.' })
  }

  function unlessMoved(handler: Handler): Handler {
    return (request) => (movedTo() === undefined ? handler(request) : refuseAccess())
  }

  function post(headers: readonly string[], fields: readonly string[], handler: JsonHandler) {
    return unlessMoved(withHeaders(trade, [...APP, ...headers], withJson(fields, refuse, handler)))
  }

  return {
    'GET /session/1.0/session/init': withHeaders(trade, [...APP, 'userid'], init),
    'POST /session/1.0/session/login/userid': post([], ['userid', 'password'], login),
    'POST /session/1.0/session/2FA/accesscode': post(
      ['onetimetoken'],
      ['userid', 'accessCode'],
      withAccessCode,
    ),
    'POST /session/1.0/session/2FA/oneTimeToken': post(['onetimetoken'], ['userid'], withoutAccessCode),
    'DELETE /session/1.0/session/logout': unlessMoved(
      withHeaders(trade, [...APP, 'userid', 'sessiontoken'], logout),
    ),
  }
}

function wrongPassword(): Reply {
  // Kotak's reply is known for wrong tokens and locked accounts only; this status follows theirs.
  return refuse(401, 'Invalid userid or password')
}
