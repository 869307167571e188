import { app } from 'electron'
import { startMode } from '../shell/start-mode.ts'
import type { TrayApp } from './create-app.ts'

/** Shows the app as this start wants it: popover, minimised window or nothing beside the icon. */
export function appear({ services, popover }: TrayApp, hasTray: boolean): void {
  const { accounts, store } = services
  const seen = startMode({
    argv: process.argv,
    openedAtLogin: process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin,
    startHidden: store.state.settings.startHidden,
    hasTray,
    hasAccounts: accounts.list.length > 0,
  })
  if (seen === 'popover') popover.show()
  else if (seen === 'minimised') popover.showMinimised()
}

/** Brings the state up to date after the start, and starts the morning run with it. */
export async function catchUp({ services, model, practice, actions, morning }: TrayApp): Promise<void> {
  await model.checkKeychain()
  if (Object.keys(services.store.state.practicePorts).length > 0) await (await practice.get()).resume()
  await actions.probeAll()
  morning.start()
}
