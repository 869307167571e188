/**
 * Returns whether requests to an address are safe: https anywhere, plain http only on this computer, also through a
 * local proxy. `localhost` is excluded, because a file that others may write resolves it.
 */
export function isSafeAddress(url: URL, proxy: URL | null = null): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && isLoopback(url) && (proxy === null || isLoopback(proxy))
}

/** Returns whether an address is a loopback address. */
export function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]'
}
