import type { ProblemKind } from '../../contract/state.ts'

/** The interval of network checks while a run waits for the network, ms. */
export const NETWORK_POLL_MS = 15_000

const networkTrouble: ReadonlySet<ProblemKind> = new Set(['network', 'timeout'])

/** Returns whether a returning network may resolve a problem. */
export const isNetworkTrouble = (kind: ProblemKind | null): boolean =>
  kind !== null && networkTrouble.has(kind)

/** Detects by polling that the network is back; Electron has no event for it. */
export class NetworkReturn {
  readonly #isOnline: () => boolean
  #wasOnline = true

  constructor(isOnline: () => boolean) {
    this.#isOnline = isOnline
  }

  /** Returns whether the network was away at the last poll and is back now. */
  poll(): boolean {
    const wasOnline = this.#wasOnline
    this.#wasOnline = this.#isOnline()
    return this.#wasOnline && !wasOnline
  }
}
