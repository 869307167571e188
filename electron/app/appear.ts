import { app } from 'electron'
import { trayNotice } from '../shell/tray/tray-notice.ts'
import { startMode } from '../shell/start-mode.ts'
import type { TrayApp } from './create-app.ts'

/** Shows the popover, a minimised window or only the icon, depending on how the app was started. */
export function appear({ services, popover, notices }: TrayApp, hasTray: boolean): void {
  const { accounts, store } = services
  const seen = startMode({
    argv: process.argv,
    openedAtLogin: process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin,
    startHidden: store.state.settings.startHidden,
    hasTray,
  })
  if (seen === 'popover' && hasTray && accounts.list.length === 0) {
    const notice = trayNotice(process.platform)
    notices.tell(notice)
    store.onChange(() => {
      if (accounts.list.length > 0) notices.forget(notice)
    })
  }
  if (seen === 'popover') popover.show()
  else if (seen === 'minimised') popover.showMinimised()
}

/** Updates the state after the start, then starts the morning run. */
export async function catchUp({ services, model, practice, actions, morning }: TrayApp): Promise<void> {
  await model.checkKeychain()
  if (Object.keys(services.store.state.practicePorts).length > 0) await (await practice.get()).resume()
  await actions.probeAll()
  morning.start()
}
