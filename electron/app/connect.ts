import { powerMonitor } from 'electron'
import { popoverContract } from '../contract/popover.ts'
import { popoverHandlers } from '../shell/windows/popover-handlers.ts'
import { send, serve } from '../shell/windows/router.ts'
import type { TrayApp } from './create-app.ts'
import { watchDesk } from './desk.ts'

/**
 * Connects the parts of the app: requests of the page, and changes of state, logins and questions.
 * @returns a function that stops watching the state file and the desk
 */
export function connect(trayApp: TrayApp): () => void {
  const { services, questions, popover, model, actions, settings, tray, form, clipboard, lock } = trayApp
  const loadForm = (): ReturnType<typeof form.get> => form.get()
  const handlers = popoverHandlers({ actions, loadForm, lock, model, popover, settings })
  serve('popover', () => popover.window, popoverContract, handlers, lock)

  model.onChange((state) => {
    tray.show(state)
    if (popover.window !== null) send('popover', popover.window, popoverContract, 'stateChanged', state)
  })
  tray.show(model.state)
  let accountNames = ''
  services.store.onChange(() => {
    model.refresh()
    // The settings may have changed what stands beside the icon.
    tray.show(model.state)
    const names = services.accounts.list.map(({ name }) => name).join(' ')
    if (names !== accountNames) void model.refreshCodes()
    accountNames = names
  })
  services.engine.onProgress(() => {
    model.refresh()
  })
  questions.onChange((change) => {
    model.refresh()
    // Shown, because the user needs an input for the code of a login that was started from the menu.
    if (change === 'asked') popover.ask()
  })
  powerMonitor.on('resume', () => {
    void model.refreshCodes()
  })
  const stopDesk = watchDesk(() => {
    void clipboard.clear()
    lock.lock()
  })
  const stopStateFile = services.store.watch()
  return () => {
    lock.stop()
    stopDesk()
    stopStateFile()
  }
}
