import { powerMonitor } from 'electron'
import { popoverContract } from '../contract/popover.ts'
import { popoverHandlers } from '../shell/windows/popover-handlers.ts'
import { send, serve } from '../shell/windows/router.ts'
import type { TrayApp } from './create-app.ts'

/**
 * Lets the parts of the app hear of each other: what the page asks, what becomes of state, logins and questions.
 * @returns stops watching the state file
 */
export function connect(parts: TrayApp): () => void {
  const { services, questions, popover, model, actions, settings, tray, form } = parts
  const loadForm = (): ReturnType<typeof form.get> => form.get()
  const handlers = popoverHandlers({ actions, loadForm, model, popover, settings })
  serve('popover', () => popover.window, popoverContract, handlers)

  model.onChange((state) => {
    tray.show(state)
    if (popover.window !== null) send('popover', popover.window, popoverContract, 'stateChanged', state)
  })
  tray.show(model.state)
  let accountNames = ''
  services.store.onChange(() => {
    model.refresh()
    const names = services.accounts.list.map(({ name }) => name).join(' ')
    if (names !== accountNames) void model.refreshCodes()
    accountNames = names
  })
  services.engine.onProgress(() => {
    model.refresh()
  })
  questions.onChange((change) => {
    model.refresh()
    // A login that was begun from the menu needs a place where its code can be typed.
    if (change === 'asked' && !popover.isVisible) popover.show()
  })
  powerMonitor.on('resume', () => {
    void model.refreshCodes()
  })
  return services.store.watch()
}
