import type { PopoverBridge } from '../../../electron/contract/popover.ts'
import type { AppState } from '../../../electron/contract/state.ts'

export interface Visibility {
  hidden: () => boolean
  onChange: (callback: () => void) => void
}

/** Passes the main process's states to the page. A hidden page gets only the newest one, when it becomes visible. */
export function connectState(
  bridge: Pick<PopoverBridge, 'getState' | 'on'>,
  visibility: Visibility,
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
  // A state that was pushed in between is newer than the reply. A page that is not yet visible gets the first state
  // too, so that the window has content when it appears.
  void bridge.getState().then((app) => {
    if (!pushed) receive(app)
  })
}
