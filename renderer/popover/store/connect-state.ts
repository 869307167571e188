import type { PopoverBridge } from '../../../electron/contract/bridge.ts'
import type { AppState } from '../../../electron/contract/state.ts'

export interface Visibility {
  hidden: () => boolean
  onChange: (callback: () => void) => void
}

/** Brings the main process's states to the page. A hidden page gets only the newest, when it is seen again. */
export function connectState(
  bridge: Pick<PopoverBridge, 'getState' | 'onState'>,
  visibility: Visibility,
  /** Gets ready what the first state needs, which waits for it. */
  prepare: (app: AppState) => Promise<void>,
  receive: (app: AppState) => void,
): void {
  let waiting: AppState | null = null
  let pushed = false

  bridge.onState((app) => {
    pushed = true
    if (visibility.hidden()) waiting = app
    else receive(app)
  })
  visibility.onChange(() => {
    if (waiting === null || visibility.hidden()) return
    receive(waiting)
    waiting = null
  })
  // A state pushed meanwhile is newer than the answer. The first one is shown even to a page not yet visible,
  // so that the window has something to show when it appears.
  void bridge.getState().then(async (app) => {
    await prepare(app)
    if (!pushed) receive(app)
  })
}
