import { json, html, type Reply } from '../practice/exchange.ts'
import type { Chance } from './chance.ts'

/** Two steps of a login that belong together: who sends the code to one sends the PIN to the other. */
interface Pair {
  readonly code: string
  readonly pin: string
}

/** The routes that a broker's login takes, as its protocol has them. */
export interface Ways {
  /** Those that every login needs, the first of them first. */
  readonly needed: readonly [string, ...string[]]
  /** Where there are two generations of the same steps: the older takes over where the newer's first is gone. */
  readonly pairs?: { readonly newer: Pair; readonly older: Pair }
  /** What a token is tried with. */
  readonly probe: string
  /** What the probe answers to a good token from an address that is not registered. */
  readonly elsewhere: readonly Reply[]
}

type Status = 404 | 405 | 410
interface Gone {
  readonly status: Status
  readonly body: (status: Status) => Reply
  /** How many mornings it is gone for: one, or until the broker's next update. */
  mornings: number
}

/** Kotak answers for a session that has ended with HTTP 200. */
const saysEnded = ({ status, body }: Reply): boolean =>
  status !== 200 || body.includes('invalid session token')

/** What a broker serves today: routes go, come back and change generations, and addresses are registered or not. */
export class Service {
  readonly #ways: Ways
  readonly #refuse: (status: number, message: string) => Reply
  readonly #gone = new Map<string, Gone>()
  #isElsewhere = false
  addressBoundProbes = 0
  /** How many logins and probes have come to an end because a route was gone. */
  deadEnds = 0
  #isAtDeadEnd = false
  #mayTurnToOlder = false

  /** @param refuse the broker's own envelope for a refusal */
  constructor(ways: Ways, refuse: (status: number, message: string) => Reply) {
    this.#ways = ways
    this.#refuse = refuse
  }

  /** Decides what is served on a new morning. */
  dawn(chance: Chance): void {
    for (const [route, gone] of this.#gone) if (--gone.mornings <= 0) this.#gone.delete(route)
    const { elsewhere, needed, pairs, probe } = this.#ways
    if (chance.happens(4)) this.#takeAway(chance.pick([...needed, probe]), chance)
    if (pairs !== undefined && chance.happens(40)) this.#changeGeneration(pairs, chance)
    this.#isElsewhere = elsewhere.length > 0 && chance.happens(8)
  }

  /** Newer, older or both are served; rarely none, or the newer without the route for its PIN. */
  #changeGeneration({ newer, older }: NonNullable<Ways['pairs']>, chance: Chance): void {
    for (const route of [newer.code, newer.pin, older.code, older.pin]) this.#gone.delete(route)
    const takenAway = chance.pick<readonly string[]>([
      [],
      [older.code, older.pin],
      [newer.code, newer.pin],
      [newer.code, newer.pin],
      [newer.pin],
      [newer.code, newer.pin, older.code, older.pin],
    ])
    for (const route of takenAway) this.#takeAway(route, chance)
  }

  #takeAway(route: string, chance: Chance): void {
    const bodies: readonly [Gone['body'], ...Gone['body'][]] = [
      (status) => this.#refuse(status, 'Route not found'),
      (status) => this.#refuse(status, 'This login with password and OTP is no longer served'),
      (status) => json(status, {}),
      (status) => html(status, '<html>Not found</html>'),
      (status) => ({ status, headers: {}, body: '' }),
    ]
    this.#gone.set(route, {
      status: chance.pick([404, 405, 410] as const),
      body: chance.pick(bodies),
      mornings: chance.happens(60) ? 1 : chance.between(2, 8),
    })
  }

  /** What a route answers that is gone; null for one that is served. */
  goneReply(route: string): Reply | null {
    const gone = this.#gone.get(route)
    return gone === undefined ? null : gone.body(gone.status)
  }

  /** What a client reads that is not at the registered address; the address is judged after the token. */
  asSeenFromHere(route: string, reply: Reply, chance: Chance): Reply {
    const [first, ...others] = this.#ways.elsewhere
    if (!this.#isElsewhere || route !== this.#ways.probe || first === undefined || saysEnded(reply))
      return reply
    this.addressBoundProbes++
    return chance.pick([first, ...others])
  }

  /** Notes that a client has read that a route is gone. Another route takes its place, or it has come to its end. */
  heardGone(route: string): void {
    if (this.isReplaced(route)) {
      this.#mayTurnToOlder = true
      return
    }
    this.deadEnds++
    this.#isAtDeadEnd = true
  }

  /** Whether a route, where it is gone, has an older one that takes the same code. */
  isReplaced(route: string): boolean {
    return route === this.#ways.pairs?.newer.code
  }

  /**
   * Whether a request to this route may leave: after a route that is gone only a new beginning may, and to the older
   * generation a code goes only after the newer's route was heard to be gone.
   */
  mayFollow(route: string): boolean {
    const { needed, pairs, probe } = this.#ways
    // The root is asked for the time before a code is the first thing that is sent.
    const isBeginning = route === needed[0] || route === probe || route === 'GET /'
    const isAllowed =
      (isBeginning || !this.#isAtDeadEnd) && (route !== pairs?.older.code || this.#mayTurnToOlder)
    this.#isAtDeadEnd = this.#mayTurnToOlder = false
    return isAllowed
  }

  /** Whether this machine's address is another than the registered one. */
  get isElsewhere(): boolean {
    return this.#isElsewhere
  }

  /** Whether a login can get to its end. */
  get isWhole(): boolean {
    const { needed, probe } = this.#ways
    return ![...needed, probe].some((route) => this.#gone.has(route)) && this.#hasPair
  }

  /** Whether a login goes by the older generation. */
  get isOlder(): boolean {
    const { pairs } = this.#ways
    return pairs !== undefined && this.#gone.has(pairs.newer.code)
  }

  get #hasPair(): boolean {
    const { pairs } = this.#ways
    if (pairs === undefined) return true
    const served = this.isOlder ? [pairs.older.code, pairs.older.pin] : [pairs.newer.pin]
    return !served.some((route) => this.#gone.has(route))
  }
}
