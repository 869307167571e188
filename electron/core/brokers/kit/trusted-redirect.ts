/**
 * An address that a broker's reply names for the rest of a login: one of the account's own endpoints, or an https
 * host of the broker's domain for an account that is at that domain itself. Null for any other: what is sent there
 * opens the account.
 * @param own where the account's login goes, the first endpoint first
 * @param domain such as `kotaksecurities.com`
 */
export function trustedRedirect(told: string, own: readonly [URL, ...URL[]], domain: string): URL | null {
  if (!URL.canParse(told)) return null
  const url = new URL(told)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  // A practice account is not to end up at the real broker, nor a real one anywhere else.
  const isKnown = isHostOf(domain, url)
    ? isHostOf(domain, own[0])
    : own.some(({ origin }) => origin === url.origin)
  return isPlain && isKnown ? url : null
}

/** Whether an address is an https host below `domain`, at the usual port. */
export function isHostOf(domain: string, { protocol, hostname, port }: URL): boolean {
  return protocol === 'https:' && port === '' && hostname.endsWith(`.${domain}`)
}
