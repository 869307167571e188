import { generateSync } from 'otplib'
import type { Fetch, FetchInit } from '../electron/adapters/fetch.ts'
import type { PracticeRequest, Reply } from '../practice/exchange.ts'
import type { BrokerModel } from '../practice/practice-broker.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { TraderBroker } from './trader-broker.ts'
import type { Entry } from '../practice/kit/simulation.ts'
import { Violation, type Verdict } from './ledger.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { NetworkFault, FaultSchedule } from './fault-schedule.ts'

export interface NetworkDeps {
  readonly time: VirtualTime
  readonly random: SeededRandom
  readonly faults: FaultSchedule
  readonly traderBrokers: readonly TraderBroker[]
  /** Receives each broken rule, because the engine must not swallow it as a network error. */
  readonly onViolation: (error: unknown) => void
}

/** Carries requests to the practice brokers: a `fetch` without sockets that injects the scheduled faults. */
export class Network {
  readonly #deps: NetworkDeps
  /** Requests that left a machine. */
  requests = 0

  constructor(deps: NetworkDeps) {
    this.#deps = deps
  }

  readonly fetch: Fetch = async (url, init) => {
    const { random, time, faults } = this.#deps
    const { signal } = init
    signal.throwIfAborted()
    const [broker, key] = this.#whoIsAt(url)
    const route = `${init.method} ${url.pathname}`
    if (route === broker.renewal) broker.renewals++
    const isEntry = route in broker.entries
    const fault = faults.next(broker.model.brokerId, isEntry)
    if (fault?.kind === 'never-leaves') throw cut('ECONNREFUSED')
    this.requests++
    const exchange = this.#open(broker, key, url, init)
    const hasHungUp = (): boolean => signal.aborted
    const reply = async (): Promise<Response> => {
      await time.sleep(random.between(10, 300))
      // A request of a killed process could end the session of a later login unnoticed.
      if (hasHungUp()) return never()
      const answer = deliverThrough(fault, exchange)
      await time.sleep(random.between(10, 300))
      // A client that has hung up receives no reply.
      return hasHungUp() ? never() : answer()
    }
    return unlessAborted(signal, reply)
  }

  #whoIsAt(url: URL): [broker: TraderBroker, endpoint: string] {
    for (const broker of this.#deps.traderBrokers) {
      const key = Object.keys(broker.endpoints).find(
        (candidate) => broker.endpoints[candidate] === url.origin,
      )
      if (key !== undefined) return [broker, key]
    }
    throw new Error(`Nobody is at ${url.origin}`)
  }

  /** Records a request that leaves the machine. */
  #open(broker: TraderBroker, key: string, url: URL, init: FetchInit): Exchange {
    const { time } = this.#deps
    const { ledger, model, service } = broker
    const request = received(url, init)
    const route = `${request.method} ${url.pathname}`
    const entries = (broker.entries[route] ?? []).map(({ entry, field }) => ({
      entry,
      value: enteredIn(request, field),
    }))
    this.#watch(broker, route, () => {
      ledger.leaves(time.now())
      if (!service.mayFollow(route))
        throw new Violation('something was sent that a route that is gone gave no reason for')
      if (route === Object.keys(broker.entries)[0]) ledger.loginBegins(broker.limits, time.now())
      for (const { entry, value } of entries) {
        ledger.sent(entry, value, time.now())
        if (entry === 'code') assertTimely(broker, value, broker.now())
      }
    })
    const goneReply = service.goneReply(route)
    /** Stays empty until the broker has judged the entries. */
    let verdicts: readonly Verdict[] = []
    return {
      process: () => {
        if (goneReply !== null) return dated(goneReply, broker.now())
        const before = { password: model.wrongPasswords, code: model.wrongCodes }
        const reply = model.routes[key]?.[route]?.(request) ?? model.refuse(404, 'Route not found')
        verdicts = entries.map(({ entry }) => verdictOn(entry, before, reply, model))
        if (entries.some(({ entry }) => entry === 'password')) {
          this.#watch(broker, route, () => {
            ledger.judged(model.wrongPasswords === before.password)
          })
        }
        return dated(service.asSeenFromHere(route, reply, this.#deps.random), broker.now())
      },
      date: (reply) => dated(reply, broker.now()),
      refuse: (status, headers) =>
        dated(withHeaders(model.refuse(status, 'Not now.'), headers), broker.now()),
      heard: (reply) => {
        const pauseS = Number(reply.headers['retry-after'] ?? (reply.status === 429 ? 60 : 0))
        if (pauseS > 0) ledger.pauseUntil(time.now() + pauseS * 1000)
        const isGone = isGoneStatus(reply.status) && goneReply !== null
        if (isGone) service.heardGone(route)
        for (const [index, { entry, value }] of entries.entries()) {
          if (isGone || reply.status === 429 || reply.status === 503 || broker.judgesNothing(reply))
            ledger.notJudged(entry)
          else if (verdicts[index] !== undefined) ledger.heard(entry, verdicts[index])
          if (isGone && entry === 'code' && service.isReplaced(route)) ledger.takeBack(value)
        }
      },
    }
  }

  /** Passes an event to the observer and reports a broken rule. */
  #watch({ model }: TraderBroker, route: string, note: () => void): void {
    try {
      note()
    } catch (error) {
      this.#deps.onViolation(
        error instanceof Violation ? new Violation(`${model.brokerId}, ${route}: ${error.message}`) : error,
      )
    }
  }
}

/** A request that has left the machine. */
interface Exchange {
  readonly process: () => Reply
  /** Adds the `Date` header to a reply that a server in front of the broker sends. */
  readonly date: (reply: Reply) => Reply
  readonly refuse: (status: number, headers: Readonly<Record<string, string>>) => Reply
  /** Called with the reply after its complete delivery. */
  readonly heard: (reply: Reply) => void
}

/** Returns a request as the broker's server reads it. */
function received(url: URL, { method, headers, body }: FetchInit): PracticeRequest {
  const byName = Object.fromEntries(new Headers(headers))
  if (!(body instanceof URLSearchParams)) return { method, url, headers: byName, body: body ?? '' }
  byName['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8'
  return { method, url, headers: byName, body: body.toString() }
}

/**
 * Lets the broker process the request unless the fault prevents it.
 * @returns how the reply arrives
 */
function deliverThrough(fault: NetworkFault | null, exchange: Exchange): () => Promise<Response> {
  const deliver = (reply: Reply) => () => {
    exchange.heard(reply)
    return Promise.resolve(toResponse(reply))
  }
  switch (fault?.kind) {
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
      // A redirect has no body to lose, so it arrives whole.
      // A missing route says nothing beyond its status.
      if (isGoneStatus(reply.status)) return deliver(half)
      return reply.body === '' ? deliver(reply) : () => Promise.resolve(toResponse(half))
    }
    case 'status': {
      const { status, retryAfter } = fault
      return deliver(exchange.refuse(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }))
    }
    case 'wall': {
      const headers = { 'content-type': 'text/html' }
      return deliver(exchange.date({ status: fault.status, headers, body: '<html>Are you human?</html>' }))
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

/**
 * Returns the verdict of a reply on an entry, from the broker's counts.
 * The broker checks a code after the password beside it.
 */
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
 * Asserts that a code belongs to the current window when it leaves and one second later.
 * @param now the broker's clock, epoch ms
 */
function assertTimely({ typed }: TraderBroker, code: string, now: number): void {
  const secret = typed['totp_secret'] ?? ''
  const isTimely = [0, 1].every((later) => code === generateSync({ secret, epoch: now / 1000 + later }))
  if (!isTimely) throw new Violation('a code was sent at the end of its window, or of another window')
}

/** Returns a field of a query, a form or a JSON body, at any depth. */
function enteredIn({ body, url }: PracticeRequest, field: string): string {
  const found = new RegExp(`"${field}"\\s*:\\s*"([^"]*)"`).exec(body)?.[1]
  return found ?? new URLSearchParams(body).get(field) ?? url.searchParams.get(field) ?? ''
}

/** Returns the error that `fetch` throws when a connection breaks. */
function cut(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

const never = (): Promise<never> => new Promise(() => undefined)

/** Resolves as `action` does, or rejects with the signal's reason if that comes first. Leaves no listener. */
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
