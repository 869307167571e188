import { timeOn } from '../../electron/core/time/ist.ts'
import type { App } from './app.ts'
import { AHEAD } from './clock-args.ts'
import { until } from './until.ts'

/** Two past trading days; no test adds an account on them. */
export const TRADING_DAY = '2026-11-18'
export const NEXT_TRADING_DAY = '2026-11-19'

declare global {
  /** Defined in an app that follows the clock of its environment. */
  var endWaits: ((ms: number) => number) | undefined
}

/** The environment of a tray app at the system's hour, whose waits a test can end. */
export const SYSTEM_TIME: NodeJS.ProcessEnv = { [AHEAD]: '0' }

/** Ends the app's waits of exactly `ms` once there is one, as if that time had passed. */
export async function endWait(app: App, ms: number): Promise<void> {
  await until(`a wait of ${String(ms)} ms`, async () => {
    const ended = await app.electron.evaluate((_electron, wanted) => globalThis.endWaits?.(wanted) ?? 0, ms)
    return ended > 0 ? true : null
  })
}

/** Sets the hour of a test, its practice brokers and the tray app, independently of the machine's clock. */
export class MovedClock {
  #aheadMs: number

  /** @param time `HH:MM` in India */
  constructor(time: string, day = TRADING_DAY) {
    this.#aheadMs = timeOn(day, time) - Date.now()
  }

  /** Returns epoch ms. */
  readonly now = (): number => Date.now() + this.#aheadMs

  /** Returns the environment of a tray app at this hour. */
  get env(): NodeJS.ProcessEnv {
    return { [AHEAD]: String(this.#aheadMs) }
  }

  /** Moves on to another hour while no app runs. */
  moveTo(time: string, day = TRADING_DAY): void {
    this.#aheadMs = timeOn(day, time) - Date.now()
  }

  /** Moves on to another hour as a machine's sleep does: the app's timers stand still meanwhile. */
  async sleepUntil(time: string, day: string, app: App): Promise<void> {
    this.moveTo(time, day)
    await app.electron.evaluate((_electron, env) => {
      Object.assign(process.env, env)
    }, this.env)
  }
}
