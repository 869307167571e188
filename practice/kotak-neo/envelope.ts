import { headerOf, json, type Handler, type Reply } from '../exchange.ts'

/** Returns a refusal that holds only words. Kotak has at least three other envelopes. */
export function refuse(status: number, message: string): Reply {
  return json(status, { message })
}

/**
 * Returns a refusal of a person's entry. Neither its status nor its codes are documented.
 * 400 is the only documented status for bad input. https://github.com/marketcalls/openalgo reads `errMsg` first.
 */
export function refuseEntry(errMsg: string): Reply {
  return json(400, { errMsg })
}

/** Returns the refusal of a key or session that is unknown or ended, with the code of Kotak's gateway. */
export function refuseAccess(): Reply {
  const description = 'Make sure you have provided the correct security credentials'
  return json(401, { code: '900901', message: 'Invalid Credentials', description })
}

/**
 * Returns a refusal of the trading API. The status 200 is not documented.
 * It exposes a client that checks nothing but the status.
 */
export function refuseTrading(stCode: number, errMsg: string): Reply {
  return json(200, { stat: 'Not_Ok', stCode, errMsg })
}

/**
 * Returns the refusal of a session that was valid and has ended. Its error is inside the data:
 * https://github.com/Kotak-Neo/kotak-neo-api/issues/280
 */
export function refuseEndedSession(): Reply {
  const data = { stCode: 100022, errMsg: 'invalid session token', stat: 'error in neo-login-check-api' }
  return json(200, { data })
}

/**
 * Returns the refusal of a login call that lacks a field, as Kotak's own client documents it.
 * Some accounts get it with status 200.
 */
export function refuseMissingField(status: 200 | 400, field: string): Reply {
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`
  return json(status, { error: [{ code: '400', message: `Missing required field '${name}'` }] })
}

/**
 * Returns a handler that refuses a request if a named header is missing or empty. The envelope is that of
 * https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/2
 */
export function withHeaders(names: readonly string[], handler: Handler): Handler {
  return (request) => {
    const isComplete = names.every((name) => headerOf(request, name) !== '')
    if (isComplete) return handler(request)
    return json(400, { error: [{ code: '10512', message: 'Required header not found.' }] })
  }
}

/**
 * Returns a handler that refuses requests without this API's `neo-fin-key`, which is the same for all clients.
 */
export function withFinKey(names: readonly string[], handler: Handler): Handler {
  return withHeaders(['neo-fin-key', ...names], (request) =>
    headerOf(request, 'neo-fin-key') === 'neotradeapi'
      ? handler(request)
      : refuse(400, 'Invalid neo-fin-key'),
  )
}
