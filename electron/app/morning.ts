import { net, powerMonitor } from 'electron'
import type { AppModel } from '../services/app-state.ts'
import { openChannels } from '../services/notification-channels.ts'
import type { Services } from '../services/services.ts'
import { Announcer } from '../core/schedule/announce.ts'
import { MorningRun } from '../core/schedule/morning-run.ts'
import { DesktopNotifier } from '../shell/desktop-notifier.ts'
import type { Popover } from '../shell/windows/popover.ts'

export interface MorningDeps {
  readonly services: Services
  readonly model: AppModel
  readonly popover: Popover
}

/** Creates the morning run with its notifiers and wake-up events, and does not start it. */
export function composeMorning({ services, model, popover }: MorningDeps): MorningRun {
  const { clock, store } = services
  const desktop = new DesktopNotifier((account) => {
    popover.show(account)
  })
  const { webhook, telegram } = openChannels(services, (channel) => store.state.settings.outgoing[channel])
  const announcer = new Announcer({
    clock,
    notifiers: [desktop, webhook, telegram],
    settings: () => store.state.settings.notifications,
  })
  const morning = new MorningRun({
    ...services,
    announcer,
    settings: () => store.state.settings.schedule,
    isOnline: () => net.isOnline(),
  })
  const wake = (): void => {
    morning.wake()
  }
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  model.onKeychainUsable(wake)
  return morning
}
