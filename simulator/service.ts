import { json, html, type Reply } from '../practice/exchange.ts'
import type { LoginRoutes } from '../practice/kit/simulation.ts'
import type { SeededRandom } from './seeded-random.ts'

type Status = 404 | 405 | 410
interface Gone {
  readonly status: Status
  readonly body: (status: Status) => Reply
  /** Mornings for which it is gone: one, or until the broker's next update. */
  mornings: number
}

/** Tells whether a reply reports an ended session, which Kotak does under HTTP 200. */
const saysEnded = ({ status, body }: Reply): boolean =>
  status !== 200 || body.includes('invalid session token')

/** Decides what a broker serves today: missing routes, generations and registered addresses. */
export class Service {
  readonly #loginRoutes: LoginRoutes
  readonly #refuse: (status: number, message: string) => Reply
  readonly #gone = new Map<string, Gone>()
  #isElsewhere = false
  addressBoundProbes = 0
  /** Logins and probes that ended because a route was gone. */
  deadEnds = 0
  #isAtDeadEnd = false
  #mayTurnToOlder = false

  /** @param refuse wraps a refusal in the broker's own envelope */
  constructor(loginRoutes: LoginRoutes, refuse: (status: number, message: string) => Reply) {
    this.#loginRoutes = loginRoutes
    this.#refuse = refuse
  }

  /** Decides what the broker serves on a new morning. */
  startDay(random: SeededRandom): void {
    for (const [route, gone] of this.#gone) if (--gone.mornings <= 0) this.#gone.delete(route)
    const { elsewhere, needed, pairs, probe } = this.#loginRoutes
    if (random.happens(4)) this.#takeAway(random.pick([...needed, probe]), random)
    if (pairs !== undefined && random.happens(40)) this.#changeGeneration(pairs, random)
    this.#isElsewhere = elsewhere.length > 0 && random.happens(8)
  }

  /**
   * Changes which generations are served: newer, older or both; rarely none, or the newer without its PIN route.
   */
  #changeGeneration({ newer, older }: NonNullable<LoginRoutes['pairs']>, random: SeededRandom): void {
    for (const route of [newer.code, newer.pin, older.code, older.pin]) this.#gone.delete(route)
    const takenAway = random.pick<readonly string[]>([
      [],
      [older.code, older.pin],
      [newer.code, newer.pin],
      [newer.code, newer.pin],
      [newer.pin],
      [newer.code, newer.pin, older.code, older.pin],
    ])
    for (const route of takenAway) this.#takeAway(route, random)
  }

  #takeAway(route: string, random: SeededRandom): void {
    const bodies: readonly [Gone['body'], ...Gone['body'][]] = [
      (status) => this.#refuse(status, 'Route not found'),
      (status) => this.#refuse(status, 'This login with password and OTP is no longer served'),
      (status) => json(status, {}),
      (status) => html(status, '<html>Not found</html>'),
      (status) => ({ status, headers: {}, body: '' }),
    ]
    this.#gone.set(route, {
      status: random.pick([404, 405, 410] as const),
      body: random.pick(bodies),
      mornings: random.happens(60) ? 1 : random.between(2, 8),
    })
  }

  /** Returns the reply of a missing route; null for a route that is served. */
  goneReply(route: string): Reply | null {
    const gone = this.#gone.get(route)
    return gone === undefined ? null : gone.body(gone.status)
  }

  /** Returns what a client at an unregistered address reads. The broker judges the address after the token. */
  asSeenFromHere(route: string, reply: Reply, random: SeededRandom): Reply {
    const [first, ...others] = this.#loginRoutes.elsewhere
    if (!this.#isElsewhere || route !== this.#loginRoutes.probe || first === undefined || saysEnded(reply))
      return reply
    this.addressBoundProbes++
    return random.pick([first, ...others])
  }

  /** Records that a client has read that a route is gone. The login then turns to another route or ends. */
  heardGone(route: string): void {
    if (this.isReplaced(route)) {
      this.#mayTurnToOlder = true
      return
    }
    this.deadEnds++
    this.#isAtDeadEnd = true
  }

  /** Tells whether an older route takes the same code when this route is gone. */
  isReplaced(route: string): boolean {
    return route === this.#loginRoutes.pairs?.newer.code
  }

  /**
   * Tells whether a request to this route may leave. After a missing route only a new login may start.
   * The older generation gets a code only after the newer's route was found missing.
   */
  mayFollow(route: string): boolean {
    const { needed, pairs, probe } = this.#loginRoutes
    // A login may ask the root for the time before its first entry, a code.
    const isBeginning = route === needed[0] || route === probe || route === 'GET /'
    const isAllowed =
      (isBeginning || !this.#isAtDeadEnd) && (route !== pairs?.older.code || this.#mayTurnToOlder)
    this.#isAtDeadEnd = this.#mayTurnToOlder = false
    return isAllowed
  }

  /** Tells whether this machine's address is not the registered one. */
  get isElsewhere(): boolean {
    return this.#isElsewhere
  }

  /** Tells whether a login can complete. */
  get isWhole(): boolean {
    const { needed, probe } = this.#loginRoutes
    return ![...needed, probe].some((route) => this.#gone.has(route)) && this.#hasPair
  }

  /** Tells whether a login uses the older generation. */
  get isOlder(): boolean {
    const { pairs } = this.#loginRoutes
    return pairs !== undefined && this.#gone.has(pairs.newer.code)
  }

  get #hasPair(): boolean {
    const { pairs } = this.#loginRoutes
    if (pairs === undefined) return true
    const served = this.isOlder ? [pairs.older.code, pairs.older.pin] : [pairs.newer.pin]
    return !served.some((route) => this.#gone.has(route))
  }
}
