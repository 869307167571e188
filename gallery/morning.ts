import type { AccountView, AppState } from '../electron/contract/state.ts'
import { registry } from '../electron/core/brokers/registry.ts'
import { account, appState, codeNow, noToken, NOW, SIX_TOMORROW } from './made-up.ts'
import type { Scene } from './scene.ts'
import { popover } from './scenes/popover.ts'

/** 03:30 in India on the next day, when Upstox ends its tokens. */
const HALF_PAST_THREE = SIX_TOMORROW - 150 * 60_000

const kite = account('zerodha-main', 'kite-connect', { totp: codeNow('492039') })
const upstox = account('upstox', 'upstox', { totp: codeNow('771204'), expiresAt: HALF_PAST_THREE })

/** Returns an account at a step of its login, counted from one. */
function at(view: AccountView, step: number): AccountView {
  const steps = registry.get(view.brokerId)?.steps ?? []
  const label = steps[step - 1]?.label
  if (label === undefined) throw new Error(`${view.brokerId} has no step ${step}`)
  return { ...view, ...noToken, login: { step, total: steps.length, label } }
}

/** A state of the popover, and how long the picture shows it, ms. */
interface Moment {
  readonly scene: Scene
  readonly ms: number
}

const moment = (name: string, ms: number, state: AppState): Moment => ({ scene: popover(name, state), ms })

const copied = { account: kite.name, what: 'token', copiedAt: NOW, clearsAt: NOW + 30_000 } as const

/** The README's moving picture: a morning from no token to one on the clipboard. */
export const morning: readonly Moment[] = [
  moment('before the run', 1600, appState([kite, upstox].map((view) => ({ ...view, ...noToken })))),
  moment('at its beginning', 1000, appState([at(kite, 2), at(upstox, 1)])),
  moment('in its middle', 1000, appState([at(kite, 3), at(upstox, 4)])),
  moment('near its end', 1000, appState([kite, at(upstox, 7)])),
  moment('after it', 2000, appState([kite, upstox])),
  moment('with a copied token', 3000, appState([kite, upstox], { clipboard: copied })),
]
