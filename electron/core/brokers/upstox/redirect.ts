import type { CallContext } from '../broker.ts'
import { isRedirectTo } from '../kit/redirect-url.ts'
import { lastQueryValue } from '../kit/replies.ts'

/** Returns whether an address is the registered redirect URL, with any parameters. */
export const isRegistered = (context: CallContext, address: URL): boolean =>
  isRedirectTo(context.setting('redirect_uri'), address)

/**
 * Returns the value of a parameter that Upstox has added to the registered redirect URL; null for none. The URL's own
 * parameter of that name does not count: https://upstox.com/developer/api-documentation/authorize
 */
export function answerIn(context: CallContext, end: URL, name: string): string | null {
  const value = lastQueryValue(end, name) ?? ''
  return value === '' || value === lastQueryValue(registeredUrl(context), name) ? null : value
}

/** Returns the authorization code on the registered redirect URL; null for none. */
export const codeIn = (context: CallContext, end: URL): string | null => answerIn(context, end, 'code')

const registeredUrl = (context: CallContext): URL => new URL(context.setting('redirect_uri'))
