/** An address on an endpoint: its path, and a query when there is one. */
export function withPath(base: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(path, base)
  url.search = new URLSearchParams(query).toString()
  return url
}
