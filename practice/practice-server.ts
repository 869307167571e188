import type { IncomingMessage, ServerResponse } from 'node:http'
import { readRequest, send, type Handler, type Reply, type Routes } from './exchange.ts'
import { FaultPlan, type PlannedFault } from './faults.ts'
import { listenOnLoopback, type LoopbackServer } from './loopback.ts'
import { injectFault } from './inject-fault.ts'
import type { PracticeControls, SeenRequest } from './practice-broker.ts'

/** Configures a broker's server. */
export interface PracticeServerOptions {
  /** The broker's clock, in epoch milliseconds. */
  readonly now: () => number
  /** How far the `Date` header runs ahead of the broker's clock, in milliseconds; negative for behind. */
  readonly dateHeaderOffsetMs?: number
  /** Wraps a message in the broker's own error envelope. */
  readonly refuse: (status: number, message: string) => Reply
}

interface Waiting {
  readonly route: string
  readonly count: number
  readonly resolve: () => void
}

/**
 * Runs the servers of one practice broker: reads and logs requests, injects planned faults, calls the routes.
 */
export class PracticeServer implements PracticeControls {
  readonly requests: SeenRequest[] = []
  readonly #options: PracticeServerOptions
  readonly #faults = new FaultPlan()
  readonly #servers: LoopbackServer[] = []
  /** Number of requests of each known route. */
  readonly #asked = new Map<string, number>()
  #waiting: Waiting[] = []

  constructor(options: PracticeServerOptions) {
    this.#options = options
  }

  /** Opens one endpoint and resolves with its base URL. The endpoint knows only these routes. */
  async listen(key: string, routes: Routes, wantedPort?: number): Promise<string> {
    const table = new Map(Object.entries(routes))
    for (const route of table.keys()) this.#asked.set(route, 0)
    const server = await listenOnLoopback((incoming, response) => {
      void this.#serve(key, table, incoming, response)
    }, wantedPort)
    this.#servers.push(server)
    return server.url
  }

  fault(plan: PlannedFault): void {
    this.#timesAsked(plan.at)
    this.#faults.add(plan)
  }

  waitFor(route: string, count = 1): Promise<void> {
    if (this.#timesAsked(route) >= count) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiting.push({ route, count, resolve })
    })
  }

  /** Closes every endpoint and drops every open connection. */
  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()))
  }

  async #serve(
    listener: string,
    routes: ReadonlyMap<string, Handler>,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { now, dateHeaderOffsetMs = 0, refuse } = this.#options
    response.setHeader('date', new Date(now() + dateHeaderOffsetMs).toUTCString())
    const request = await readRequest(incoming)
    if (request === undefined) {
      // The rest of the body is never read, so the connection cannot serve another request.
      response.setHeader('connection', 'close')
      send(response, refuse(400, 'Bad request'))
      return
    }
    const { method, url, headers, peer = '' } = request
    const { pathname: path } = url
    this.requests.push({ at: now(), listener, method, path, headerNames: Object.keys(headers), peer })

    const route = `${method} ${path}`
    const handler = routes.get(route)
    if (handler === undefined) {
      send(response, refuse(404, 'Route not found'))
      return
    }
    const answer = () => handler(request)
    const fault = this.#faults.take(route)
    if (fault === undefined) send(response, answer())
    else injectFault(fault, { request, response, answer, refuse })
    this.#count(route)
  }

  #count(route: string): void {
    const times = this.#timesAsked(route) + 1
    this.#asked.set(route, times)
    const isDue = (waiting: Waiting) => waiting.route === route && waiting.count <= times
    for (const { resolve } of this.#waiting.filter(isDue)) resolve()
    this.#waiting = this.#waiting.filter((waiting) => !isDue(waiting))
  }

  #timesAsked(route: string): number {
    const times = this.#asked.get(route)
    if (times !== undefined) return times
    throw new Error(`No such route: ${route}. There are: ${[...this.#asked.keys()].join(', ')}`)
  }
}
