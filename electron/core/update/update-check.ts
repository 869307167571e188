import type { Release } from '../../contract/settings.ts'
import type { Clock } from '../ports.ts'
import type { StateStore } from '../state/state.ts'
import type { UpdateSettings } from '../state/update-settings.ts'
import { isNewer } from './newer.ts'
import { releaseIn } from './release.ts'

const DAY_MS = 24 * 60 * 60_000
const HOUR_MS = 60 * 60_000

export interface UpdateCheckDeps {
  readonly store: StateStore
  readonly clock: Clock
  /** The version that runs. */
  readonly version: string
  /** Returns what the release feed answers. */
  readonly ask: () => Promise<unknown>
  /** Tells the user of a newer version. */
  readonly tell: (release: Release) => void
}

/** Asks the release feed for a newer version, at most once a day. It tells of one, and never fetches or installs it. */
export class UpdateCheck {
  readonly #deps: UpdateCheckDeps
  #cancel: () => void = () => undefined
  #stopped = false

  constructor(deps: UpdateCheckDeps) {
    this.#deps = deps
  }

  /** Asks when a day has passed since the last time, and looks at the clock again each hour. */
  async start(): Promise<void> {
    // A feed that can't be reached is nobody's problem: it is asked again tomorrow.
    await this.#askIfDue().catch(() => undefined)
    if (!this.#stopped) this.#cancel = this.#deps.clock.after(HOUR_MS, () => void this.start())
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  async #askIfDue(): Promise<void> {
    const { store, clock, version, ask, tell } = this.#deps
    const now = clock.now()
    if (!isDue(store.state.settings.updates, now)) return
    const turn = { isMine: false }
    // Written down first: a feed that fails is asked no more often, nor is it by a second TokenTray.
    await store.update((state) => {
      const { updates } = state.settings
      turn.isMine = isDue(updates, now)
      if (!turn.isMine) return state
      return { ...state, settings: { ...state.settings, updates: { ...updates, askedAt: now } } }
    })
    if (!turn.isMine) return
    const latest = releaseIn(await ask())
    if (latest === null) return
    await store.update((state) => ({
      ...state,
      settings: { ...state.settings, updates: { ...state.settings.updates, latest } },
    }))
    if (isNewer(latest.version, version)) tell(latest)
  }
}

/** Returns whether the feed may be asked. A time to come counts as long ago: the clock was wrong then. */
function isDue({ on, askedAt }: UpdateSettings, now: number): boolean {
  return on && (askedAt === null || now - askedAt >= DAY_MS || askedAt > now)
}
