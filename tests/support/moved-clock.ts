import path from 'node:path'
import { timeOn } from '../../electron/core/time/ist.ts'
import type { App } from './app.ts'

/** Two days on which the exchange traded, and over: no account is added on one of them. */
export const TRADING_DAY = '2026-11-18'
export const NEXT_TRADING_DAY = '2026-11-19'

const AHEAD = 'TOKENTRAY_TEST_AHEAD_MS'
const PRELOADED = path.join(import.meta.dirname, 'children/moved-clock.ts')

/** The hour that a test wants, whatever the machine's clock says: for it, its practice brokers and the tray app. */
export class MovedClock {
  #aheadMs: number

  /** @param time `HH:MM` in India */
  constructor(time: string, day = TRADING_DAY) {
    this.#aheadMs = timeOn(day, time) - Date.now()
  }

  /** Epoch ms. */
  readonly now = (): number => Date.now() + this.#aheadMs

  /** For the environment of a tray app that is to live at this hour. */
  get env(): NodeJS.ProcessEnv {
    return { [AHEAD]: String(this.#aheadMs) }
  }

  /** Moves on to another hour, with no app running. */
  moveTo(time: string, day = TRADING_DAY): void {
    this.#aheadMs = timeOn(day, time) - Date.now()
  }

  /** Moves on to another hour, as a machine's sleep does: the app's timers have stood still meanwhile. */
  async sleepUntil(time: string, day: string, app: App): Promise<void> {
    this.moveTo(time, day)
    await app.electron.evaluate((_electron, env) => {
      Object.assign(process.env, env)
    }, this.env)
  }
}

/** What Electron has to be started with so that it keeps to the clock of an environment, if that names one. */
export const clockArgs = (env: NodeJS.ProcessEnv): string[] =>
  env[AHEAD] === undefined ? [] : ['--require', PRELOADED]
