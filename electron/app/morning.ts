import { net, powerMonitor } from 'electron'
import type { NotificationChannel } from '../contract/settings.ts'
import type { Notifier } from '../core/state/notice.ts'
import type { AppModel } from '../services/app-state.ts'
import type { Services } from '../services/services.ts'
import { Announcer } from '../core/schedule/announce.ts'
import { MorningRun } from '../core/schedule/morning-run.ts'
import { DesktopNotifier } from '../shell/desktop-notifier.ts'
import type { AppLock } from '../shell/lock/app-lock.ts'
import type { Popover } from '../shell/windows/popover.ts'
import { Lazy } from './lazy.ts'

export interface MorningDeps {
  readonly services: Services
  readonly model: AppModel
  readonly popover: Popover
  readonly lock: AppLock
}

/** Creates the morning run with its notifiers and wake-up events, and does not start it. */
export function composeMorning({ services, model, popover, lock }: MorningDeps): MorningRun {
  const { clock, store } = services
  const desktop = new DesktopNotifier((account) => {
    popover.show(account)
  })
  const isOn = (channel: NotificationChannel): boolean => store.state.settings.outgoing[channel]
  // Loaded when first used, because few users send notices elsewhere.
  const channels = new Lazy(async () => {
    const { openChannels } = await import('../services/notification-channels.ts')
    return openChannels(services, isOn)
  })
  const remote = (channel: NotificationChannel): Notifier => ({
    notify: async (notice) => {
      if (isOn(channel)) await (await channels.get())[channel].notify(notice)
    },
  })
  const announcer = new Announcer({
    clock,
    notifiers: [desktop, remote('webhook'), remote('telegram')],
    settings: () => store.state.settings.notifications,
  })
  const morning = new MorningRun({
    ...services,
    announcer,
    settings: () => store.state.settings.schedule,
    isOnline: () => net.isOnline(),
    mayLogIn: () => !lock.isLocked || store.state.settings.lock.logsIn,
  })
  const wake = (): void => {
    morning.wake()
  }
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  model.onKeychainUsable(wake)
  return morning
}
