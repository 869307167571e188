import type { ReplyHeaders } from './ports.ts'

/**
 * Returns the headers of a reply. Not as Node's own `Headers`, because its first use loads the whole of `fetch`, which
 * takes longer than many a request, and fails in an app that quits meanwhile.
 * @param raw names and values in turn, as `IncomingMessage.rawHeaders` has them
 */
export function replyHeaders(raw: readonly string[]): ReplyHeaders {
  const values = new Map<string, string[]>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    values.set(name, [...(values.get(name) ?? []), raw[at + 1]?.trim() ?? ''])
  }
  return {
    get: (name) => values.get(name.toLowerCase())?.join(', ') ?? null,
    getSetCookie: () => values.get('set-cookie') ?? [],
  }
}
