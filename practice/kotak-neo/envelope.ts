import { headerOf, json, type Handler, type Reply } from '../exchange.ts'

/** Kotak knows at least three envelopes for a refusal; this one holds nothing but words. */
export function refuse(status: number, message: string): Reply {
  return json(status, { message })
}

/**
 * A refusal of what a person entered. Neither its status nor its codes are documented: 400 is the one status for
 * bad input that is, and https://github.com/marketcalls/openalgo looks for the words in `errMsg` first.
 */
export function refuseEntry(errMsg: string): Reply {
  return json(400, { errMsg })
}

/** The refusal of a key or session that is unknown or has ended, with the code that Kotak's gateway gives. */
export function refuseAccess(): Reply {
  const description = 'Make sure you have provided the correct security credentials'
  return json(401, { code: '900901', message: 'Invalid Credentials', description })
}

/**
 * A refusal by the trading API. It comes with status 200, which is not documented: it is the one that finds a
 * client out which looks no further than the status.
 */
export function refuseTrading(stCode: number, errMsg: string): Reply {
  return json(200, { stat: 'Not_Ok', stCode, errMsg })
}

/**
 * The refusal of a session that was good and has ended. The error stands within the data:
 * https://github.com/Kotak-Neo/kotak-neo-api/issues/280
 */
export function refuseEndedSession(): Reply {
  const data = { stCode: 100022, errMsg: 'invalid session token', stat: 'error in neo-login-check-api' }
  return json(200, { data })
}

/** The refusal of a login call that lacks a field, as Kotak's own client documents it; some get it with status 200. */
export function refuseMissingField(status: 200 | 400, field: string): Reply {
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`
  return json(status, { error: [{ code: '400', message: `Missing required field '${name}'` }] })
}

/**
 * A handler that is only asked when none of the named headers is missing or empty. Otherwise the envelope is that
 * of https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/2
 */
export function withHeaders(names: readonly string[], handler: Handler): Handler {
  return (request) => {
    const isComplete = names.every((name) => headerOf(request, name) !== '')
    if (isComplete) return handler(request)
    return json(400, { error: [{ code: '10512', message: 'Required header not found.' }] })
  }
}

/** A handler that is only asked by clients of this API: the same key for all of them, in `neo-fin-key`. */
export function withFinKey(names: readonly string[], handler: Handler): Handler {
  return withHeaders(['neo-fin-key', ...names], (request) =>
    headerOf(request, 'neo-fin-key') === 'neotradeapi'
      ? handler(request)
      : refuse(400, 'Invalid neo-fin-key'),
  )
}
