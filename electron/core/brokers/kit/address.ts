/** An address on an endpoint, below the endpoint's own path: a path, and a query when there is one. */
export function withPath(base: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base)
  url.search = new URLSearchParams(query).toString()
  return url
}
