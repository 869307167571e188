import type { Fetch } from '../../electron/adapters/fetch.ts'
import { httpSessions } from '../../electron/adapters/http.ts'
import type { Clock, OpenHttpSession } from '../../electron/core/ports.ts'
import { json, type Handler, type Routes } from '../../practice/exchange.ts'

/**
 * Returns a network in which practice brokers without sockets play Kotak's own hosts. No request leaves the
 * process.
 * @param hosts routes by base URL, such as `https://tradeapi.kotaksecurities.com/apim`
 */
export function kotakHosts(clock: Clock, hosts: Readonly<Record<string, Routes>>) {
  /** Every requested address, in order. */
  const asked: string[] = []
  const fetch: Fetch = (url, { method, headers, body }) => {
    asked.push(url.href)
    const base = Object.keys(hosts).find((address) => url.href.startsWith(`${address}/`))
    if (base === undefined) throw new Error(`Nobody is at ${url.href}`)
    const handler = hosts[base]?.[`${method} /${url.href.slice(base.length + 1)}`] ?? notFound
    const byName = Object.fromEntries(new Headers(headers))
    const reply = handler({ method, url, headers: byName, body: String(body ?? '') })
    const type = { 'content-type': 'application/json', date: new Date(clock.now()).toUTCString() }
    return Promise.resolve(new Response(reply.body, { status: reply.status, headers: type }))
  }
  const openHttp: OpenHttpSession = httpSessions(clock, fetch)
  return { openHttp, asked }
}

const notFound: Handler = () => json(404, {})
