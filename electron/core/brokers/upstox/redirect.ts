import type { CallContext } from '../broker.ts'
import { lastQueryValue } from '../kit/replies.ts'

/** Whether an address is at the registered redirect URL, whatever its fields are. */
export function isRegistered(context: CallContext, { origin, pathname }: URL): boolean {
  const registered = registeredUrl(context)
  return origin === registered.origin && pathname === registered.pathname
}

/**
 * Returns what Upstox has added to the registered redirect URL under a name; null without it. A field of that name that
 * is the URL's own is not Upstox's: https://upstox.com/developer/api-documentation/authorize
 */
export function answerIn(context: CallContext, end: URL, name: string): string | null {
  const value = lastQueryValue(end, name) ?? ''
  return value === '' || value === lastQueryValue(registeredUrl(context), name) ? null : value
}

/** The authorization code on the registered redirect URL; null when it carries none. */
export const codeIn = (context: CallContext, end: URL): string | null => answerIn(context, end, 'code')

const registeredUrl = (context: CallContext): URL => new URL(context.setting('redirect_uri'))
