/**
 * Whether an address may be talked to: https anywhere, plain http on this computer alone, which a proxy elsewhere
 * would leave. `localhost` does not count: what it stands for is up to a file that others may write.
 */
export function isSafeAddress(url: URL, proxy: URL | null = null): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && isLoopback(url) && (proxy === null || isLoopback(proxy))
}

/** Whether an address is one of this computer's own. */
export function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]'
}
