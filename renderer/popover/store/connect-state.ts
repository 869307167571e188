import type { PopoverBridge } from '../../../electron/contract/popover.ts'
import type { AppState } from '../../../electron/contract/state.ts'

export interface Visibility {
  hidden: () => boolean
  onChange: (callback: () => void) => void
}

/** Passes the main process's states to the page. A hidden page gets only the newest, once it is visible again. */
export function connectState(
  bridge: Pick<PopoverBridge, 'getState' | 'on'>,
  visibility: Visibility,
  /** Loads what the first state needs, before that state is passed on. */
  prepare: (app: AppState) => Promise<void>,
  receive: (app: AppState) => void,
): void {
  let waiting: AppState | null = null
  let pushed = false

  bridge.on('stateChanged', (app) => {
    pushed = true
    if (visibility.hidden()) waiting = app
    else receive(app)
  })
  visibility.onChange(() => {
    if (waiting === null || visibility.hidden()) return
    receive(waiting)
    waiting = null
  })
  // A state pushed meanwhile is newer than the reply. A page that is not yet visible gets the first one too,
  // so that the window has something to show when it appears.
  void bridge.getState().then(async (app) => {
    await prepare(app)
    if (!pushed) receive(app)
  })
}
