/**
 * Whether an address may be talked to: https anywhere, plain http on this computer alone. `localhost` does not
 * count: what it stands for is up to a file that others may write.
 */
export function isSafeAddress(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** Whether an address is one of this computer's own. */
export function isLoopback({ hostname }: URL): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]'
}
