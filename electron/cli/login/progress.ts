import type { LoginProgress } from '../../contract/state.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import type { Services } from '../../services/services.ts'
import { SLOW_NOTICE_MS } from '../terminal/slow-notice.ts'
import { padded, type Styled } from '../terminal/styled.ts'
import type { Io } from '../terminal/terminal.ts'

/** Shows how far logins are, until it is stopped. */
export interface ShownProgress {
  /** Removes an account that has ended. */
  readonly end: (name: string) => void
  readonly stop: () => void
}

/**
 * Shows each login: one living line each on a terminal, and a line for each step elsewhere.
 * @param names the accounts that log in; an account without a step for a moment is probing its token first
 */
export const showProgress = (
  services: Pick<Services, 'accounts' | 'clock' | 'engine'>,
  io: Io,
  names: readonly string[] = [],
): ShownProgress => (io.isLive ? new LiveProgress(services, io, names) : printProgress(services, io, names))

/** Prints each step of each login as it begins. */
function printProgress(
  { accounts, clock, engine }: Pick<Services, 'accounts' | 'clock' | 'engine'>,
  io: Io,
  names: readonly string[],
): ShownProgress {
  const printed = new Map<string, string>()
  const cancel = clock.after(SLOW_NOTICE_MS, () => {
    for (const name of names) {
      if (printed.has(name) || accounts.open(name).account.token === null) continue
      io.stderr(`${name}: ${probeWords(accounts.open(name).broker)}`)
    }
  })
  const stopListening = engine.onProgress(() => {
    for (const [name, progress] of engine.progress) {
      const line = `${name}: ${stepWords(progress)}`
      if (printed.get(name) !== line) io.stderr(line)
      printed.set(name, line)
    }
  })
  return {
    end: () => undefined,
    stop: () => {
      cancel()
      stopListening()
    },
  }
}

const probeWords = ({ name }: Pick<Broker, 'name'>): string => `Asking ${name} whether the token still works`

const stepWords = ({ step, total, label }: LoginProgress): string =>
  `${label} · step ${String(step)} of ${String(total)}`

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100
/** A step that lasts longer than this shows its seconds, ms. */
const LONG_STEP_MS = 3_000

class LiveProgress implements ShownProgress {
  readonly #services: Pick<Services, 'accounts' | 'clock' | 'engine'>
  readonly #io: Io
  readonly #running: Set<string>
  readonly #width: number
  /** The step of each login, and since when it lasts, epoch ms. */
  readonly #steps = new Map<string, { readonly words: string; readonly since: number }>()
  readonly #startedAt: number
  #frame = 0
  #cancelTick: () => void = () => undefined

  constructor(services: Pick<Services, 'accounts' | 'clock' | 'engine'>, io: Io, names: readonly string[]) {
    this.#services = services
    this.#io = io
    this.#running = new Set(names)
    this.#width = Math.max(0, ...names.map((name) => name.length))
    this.#startedAt = services.clock.now()
    this.#tick()
  }

  end(name: string): void {
    this.#running.delete(name)
    this.#draw()
  }

  stop(): void {
    this.#cancelTick()
    this.#running.clear()
    this.#io.live([])
  }

  #tick(): void {
    this.#frame++
    this.#draw()
    this.#cancelTick = this.#services.clock.after(FRAME_MS, () => {
      this.#tick()
    })
  }

  #draw(): void {
    this.#io.live([...this.#running].flatMap((name) => this.#lineOf(name)))
  }

  #lineOf(name: string): Styled[] {
    const { accounts, clock, engine } = this.#services
    const now = clock.now()
    const progress = engine.progress.get(name)
    // A token that is probed has no steps; a moment of it is not worth a line.
    if (progress === undefined && now - this.#startedAt < SLOW_NOTICE_MS) return []
    const words = progress === undefined ? probeWords(accounts.open(name).broker) : stepWords(progress)
    const known = this.#steps.get(name)
    const since = known?.words === words ? known.since : now
    this.#steps.set(name, { words, since })
    const seconds = now - since < LONG_STEP_MS ? '' : ` · ${Math.floor((now - since) / 1000)} s`
    const frame = FRAMES[this.#frame % FRAMES.length] ?? ''
    return [
      [
        { text: frame, tone: 'busy' },
        ' ',
        { text: padded(name, Math.max(this.#width, name.length)), tone: 'bold' },
        `  ${words}`,
        { text: seconds, tone: 'dim' },
      ],
    ]
  }
}
