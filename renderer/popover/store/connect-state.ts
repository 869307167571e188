import type { PopoverBridge } from '../../../electron/contract/popover.ts'
import type { AppState } from '../../../electron/contract/state.ts'

export interface Visibility {
  hidden: () => boolean
  onChange: (callback: () => void) => void
}

/**
 * Passes the main process's states to the page. A hidden page gets the first one, so that the window has content when it
 * appears, and after that only the newest one, when it becomes visible.
 */
export function connectState(
  bridge: Pick<PopoverBridge, 'getState' | 'on'>,
  visibility: Visibility,
  receive: (app: AppState) => void,
): void {
  let waiting: AppState | null = null
  let hasState = false

  const take = (app: AppState): void => {
    hasState = true
    receive(app)
  }
  bridge.on('stateChanged', (app) => {
    if (hasState && visibility.hidden()) waiting = app
    else take(app)
  })
  visibility.onChange(() => {
    if (waiting === null || visibility.hidden()) return
    receive(waiting)
    waiting = null
  })
  // A state that was pushed in between is newer than the reply.
  void bridge.getState().then((app) => {
    if (!hasState) take(app)
  })
}
