/**
 * Returns the address that a broker's reply names for the rest of a login, if it is trusted: an endpoint of the
 * account, or, for an account at the real broker, an https host of the broker's domain. Null for any other address,
 * because the credentials sent there open the account.
 * @param own the account's endpoints, the first endpoint of the login first
 * @param domain such as `kotaksecurities.com`
 */
export function trustedRedirect(address: string, own: readonly [URL, ...URL[]], domain: string): URL | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  // A practice account must never reach the real broker, nor a real account any other host.
  const isKnown = isHostOf(domain, url)
    ? isHostOf(domain, own[0])
    : own.some(({ origin }) => origin === url.origin)
  return isPlain && isKnown ? url : null
}

/** Returns whether an address is an https host below `domain`, at the default port. */
export function isHostOf(domain: string, { protocol, hostname, port }: URL): boolean {
  return protocol === 'https:' && port === '' && hostname.endsWith(`.${domain}`)
}
