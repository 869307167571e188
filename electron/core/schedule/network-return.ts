import type { ProblemKind } from '../../contract/state.ts'

/** How often the network is looked for while a run waits for it, ms. */
export const NETWORK_LOOK_MS = 15_000

const networkTrouble: ReadonlySet<ProblemKind> = new Set(['network', 'timeout'])

/** Whether a run that met this problem can be helped by a network that is back. */
export const isNetworkTrouble = (kind: ProblemKind | null): boolean =>
  kind !== null && networkTrouble.has(kind)

/** Notices that the network is back, for who looks every now and then: no system tells the main process of it. */
export class NetworkReturn {
  readonly #isOnline: () => boolean
  #wasOnline = true

  constructor(isOnline: () => boolean) {
    this.#isOnline = isOnline
  }

  /** Whether the network was away at the last look and is there now. */
  look(): boolean {
    const wasOnline = this.#wasOnline
    this.#wasOnline = this.#isOnline()
    return this.#wasOnline && !wasOnline
  }
}
