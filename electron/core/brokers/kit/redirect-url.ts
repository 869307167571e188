/**
 * Checks a registered redirect URL and keeps it exactly as typed, because brokers compare it byte for byte.
 * @throws TypeError
 */
export function checkRedirectUrl(typed: string): string {
  // The URL parser alone accepts `localhost:3000`, with the scheme `localhost`.
  if (!/^[a-z][a-z\d+.-]*:\/\/./i.test(typed) || !URL.canParse(typed)) {
    throw new TypeError('is not a whole address, such as https://127.0.0.1/callback')
  }
  return typed
}

/** Returns whether an address is the registered redirect URL, with any parameters. */
export function isRedirectTo(registered: string, { origin, pathname }: URL): boolean {
  const wanted = new URL(registered)
  return origin === wanted.origin && pathname === wanted.pathname
}
