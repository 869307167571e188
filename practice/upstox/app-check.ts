import type { Reply } from '../exchange.ts'
import { invalidInput, refusal } from './envelope.ts'
import type { UpstoxState } from './state.ts'

/** Returns the refusal for an app that api.upstox.com does not know by these fields, or does not serve. */
export function wrongApp(upstox: UpstoxState, fields: URLSearchParams): Reply | undefined {
  const { client_id, redirect_uri } = upstox.credentials
  if (fields.get('client_id') !== client_id || fields.get('redirect_uri') !== redirect_uri) {
    const message = "Check your 'client_id' and 'redirect_uri'; one or both are incorrect."
    return refusal(401, 'UDAPI100068', message)
  }
  return upstox.appActive ? undefined : refusal(401, 'UDAPI100073', "The 'client_id' is inactive.")
}

/** Returns the refusal for the first missing or empty field, if any. */
export function missingField(names: readonly string[], given: URLSearchParams): Reply | undefined {
  const missing = names.find((name) => !given.get(name))
  return missing === undefined ? undefined : invalidInput(`'${missing}' is required.`)
}
