import { generateSync } from 'otplib'
import type { Fetch, FetchInit } from '../electron/adapters/http.ts'
import type { PracticeRequest, Reply } from '../practice/exchange.ts'
import type { BrokerModel } from '../practice/practice-broker.ts'
import type { Chance } from './chance.ts'
import type { Desk } from './desk.ts'
import { Violation, type Entry, type Verdict } from './ledger.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Mishap, Weather } from './weather.ts'

export interface NetworkDeps {
  readonly time: VirtualTime
  readonly chance: Chance
  readonly weather: Weather
  readonly desks: readonly Desk[]
  /** Told of a broken rule: what the engine does with an error of its network must not hide it. */
  readonly onViolation: (error: unknown) => void
}

/** The way to the practice brokers: a `fetch` without sockets, in whatever weather there is. */
export class Network {
  readonly #parts: NetworkDeps
  /** Requests that left a machine. */
  requests = 0

  constructor(parts: NetworkDeps) {
    this.#parts = parts
  }

  readonly fetch: Fetch = async (url, init) => {
    const { chance, time, weather } = this.#parts
    const { signal } = init
    signal.throwIfAborted()
    const [desk, key] = this.#whoIsAt(url)
    const isEntry = `${init.method} ${url.pathname}` in desk.entries
    const mishap = weather.next(desk.model.brokerId, isEntry)
    if (mishap?.kind === 'never-leaves') throw cut('ECONNREFUSED')
    this.requests++
    const exchange = this.#open(desk, key, url, init)
    const hasHungUp = (): boolean => signal.aborted
    const reply = async (): Promise<Response> => {
      await time.sleep(chance.between(10, 300))
      // A request of a process that has died meanwhile could end a later login's session, and nobody could know.
      if (hasHungUp()) return never()
      const answer = befall(mishap, exchange)
      await time.sleep(chance.between(10, 300))
      // Who has hung up hears nothing.
      return hasHungUp() ? never() : answer()
    }
    return unlessAborted(signal, reply)
  }

  #whoIsAt(url: URL): [desk: Desk, endpoint: string] {
    for (const desk of this.#parts.desks) {
      const key = Object.keys(desk.endpoints).find((candidate) => desk.endpoints[candidate] === url.origin)
      if (key !== undefined) return [desk, key]
    }
    throw new Error(`Nobody is at ${url.origin}`)
  }

  /** Has the observer take note of a request that leaves. */
  #open(desk: Desk, key: string, url: URL, init: FetchInit): Exchange {
    const { time } = this.#parts
    const { ledger, model, service } = desk
    const request = received(url, init)
    const route = `${request.method} ${url.pathname}`
    const entries = (desk.entries[route] ?? []).map(({ entry, field }) => ({
      entry,
      value: enteredIn(request.body, field),
    }))
    this.#watch(desk, route, () => {
      ledger.leaves(time.now())
      if (!service.mayFollow(route))
        throw new Violation('something was sent that a route that is gone gave no reason for')
      for (const { entry, value } of entries) {
        ledger.sent(entry, value, time.now())
        if (entry === 'code') assertTimely(desk, value, desk.now())
      }
    })
    const goneReply = service.goneReply(route)
    /** Empty until the broker has judged them. */
    let verdicts: readonly Verdict[] = []
    return {
      process: () => {
        if (goneReply !== null) return dated(goneReply, desk.now())
        const before = { password: model.wrongPasswords, code: model.wrongCodes }
        const reply = model.routes[key]?.[route]?.(request) ?? model.refuse(404, 'Route not found')
        verdicts = entries.map(({ entry }) => verdictOn(entry, before, reply, model))
        if (entries.some(({ entry }) => entry === 'password')) {
          this.#watch(desk, route, () => {
            ledger.judged(model.wrongPasswords === before.password)
          })
        }
        return dated(service.asSeenFromHere(route, reply, this.#parts.chance), desk.now())
      },
      date: (reply) => dated(reply, desk.now()),
      refuse: (status, headers) => dated(withHeaders(model.refuse(status, 'Not now.'), headers), desk.now()),
      heard: (reply) => {
        const pauseS = Number(reply.headers['retry-after'] ?? (reply.status === 429 ? 60 : 0))
        if (pauseS > 0) ledger.pauseUntil(time.now() + pauseS * 1000)
        const isGone = isGoneStatus(reply.status) && goneReply !== null
        if (isGone) service.heardGone(route)
        for (const [index, { entry, value }] of entries.entries()) {
          if (isGone || reply.status === 429 || reply.status === 503) ledger.notJudged(entry)
          else if (verdicts[index] !== undefined) ledger.heard(entry, verdicts[index])
          if (isGone && entry === 'code' && service.isReplaced(route)) ledger.handedBack(value)
        }
      },
    }
  }

  /** Has the observer take note of something, and tells of a rule that is broken. */
  #watch({ model }: Desk, route: string, note: () => void): void {
    try {
      note()
    } catch (error) {
      this.#parts.onViolation(
        error instanceof Violation ? new Violation(`${model.brokerId}, ${route}: ${error.message}`) : error,
      )
    }
  }
}

/** One request that has left. */
interface Exchange {
  readonly process: () => Reply
  /** Puts the time on a reply that comes from in front of the broker. */
  readonly date: (reply: Reply) => Reply
  readonly refuse: (status: number, headers: Readonly<Record<string, string>>) => Reply
  /** To be told of the reply once it is delivered whole. */
  readonly heard: (reply: Reply) => void
}

/** A request as the broker's server reads it. */
function received(url: URL, { method, headers, body }: FetchInit): PracticeRequest {
  const byName = Object.fromEntries(new Headers(headers))
  if (!(body instanceof URLSearchParams)) return { method, url, headers: byName, body: body ?? '' }
  byName['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8'
  return { method, url, headers: byName, body: body.toString() }
}

/** Has the broker process the request, or not, and says how the answer arrives. */
function befall(mishap: Mishap | null, exchange: Exchange): () => Promise<Response> {
  const deliver = (reply: Reply) => () => {
    exchange.heard(reply)
    return Promise.resolve(toResponse(reply))
  }
  switch (mishap?.kind) {
    case undefined:
      return deliver(exchange.process())
    case 'never-leaves':
    case 'reset':
      return () => Promise.reject(cut('ECONNRESET'))
    case 'hang':
      return never
    case 'reset-after':
      exchange.process()
      return () => Promise.reject(cut('ECONNRESET'))
    case 'hang-after':
      exchange.process()
      return never
    case 'truncated': {
      const reply = exchange.process()
      const half = { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) }
      // A redirect has no body to lose: it arrives whole.
      // Nor has a route that is gone anything to say beside its status.
      if (isGoneStatus(reply.status)) return deliver(half)
      return reply.body === '' ? deliver(reply) : () => Promise.resolve(toResponse(half))
    }
    case 'status': {
      const { status, retryAfter } = mishap
      return deliver(exchange.refuse(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }))
    }
    case 'wall': {
      const headers = { 'content-type': 'text/html' }
      return deliver(exchange.date({ status: mishap.status, headers, body: '<html>Are you human?</html>' }))
    }
  }
}

function toResponse({ status, headers, body }: Reply): Response {
  const list = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [String(value)]) list.append(name, each)
  }
  return new Response(body === '' ? null : body, { status, headers: list })
}

const withHeaders = (reply: Reply, headers: Readonly<Record<string, string>>): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...headers },
})

const dated = (reply: Reply, now: number): Reply => withHeaders(reply, { date: new Date(now).toUTCString() })

const isGoneStatus = (status: number): boolean => status === 404 || status === 405 || status === 410

/** What a reply says of an entry, by what the broker has counted. A code is looked at after the password beside it. */
function verdictOn(
  entry: Entry,
  before: Record<Entry, number>,
  { status }: Reply,
  model: BrokerModel,
): Verdict {
  const after = { password: model.wrongPasswords, code: model.wrongCodes }
  if (after[entry] > before[entry]) return 'wrong'
  if (status === 200 && after.code + after.password === before.code + before.password) return 'right'
  return entry === 'password' && after.code > before.code ? 'right' : 'refused'
}

/**
 * A code is to be the one of its window when it leaves and one second later, by the broker's clock (epoch ms).
 */
function assertTimely({ typed }: Desk, code: string, now: number): void {
  const secret = typed['totp_secret'] ?? ''
  const isTimely = [0, 1].every((later) => code === generateSync({ secret, epoch: now / 1000 + later }))
  if (!isTimely) throw new Violation('a code was sent at the end of its window, or of another window')
}

/** A field of a form or of a JSON body, however deep. */
function enteredIn(body: string, field: string): string {
  const found = new RegExp(`"${field}"\\s*:\\s*"([^"]*)"`).exec(body)?.[1]
  return found ?? new URLSearchParams(body).get(field) ?? ''
}

/** What `fetch` throws when a connection breaks. */
function cut(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

const never = (): Promise<never> => new Promise(() => undefined)

/** What `action` resolves to, or the signal's reason if that comes first. Nothing is left listening afterwards. */
function unlessAborted<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason)
    }
    const forget = (): void => {
      signal.removeEventListener('abort', onAbort)
    }
    signal.addEventListener('abort', onAbort)
    action().finally(forget).then(resolve, reject)
  })
}
