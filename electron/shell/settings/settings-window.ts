import type { BrowserWindow } from 'electron'
import type { Handlers } from '../../contract/contract.ts'
import { settingsContract, type SettingOutcome } from '../../contract/settings.ts'
import type { Clock } from '../../core/ports.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import type { AppLock } from '../lock/app-lock.ts'
import { onceShowable } from '../windows/once-showable.ts'
import { createPageWindow } from '../windows/pages.ts'
import { send, serve } from '../windows/router.ts'
import type { SettingsService } from './settings-service.ts'
import type { Shortcut } from './shortcut.ts'
import type { NotificationChannels } from './notification-channels.ts'

export interface SettingsWindowDeps {
  readonly clock: Clock
  readonly settings: SettingsService
  readonly shortcut: Shortcut
  readonly channels: NotificationChannels
  readonly lock: AppLock
  /** Opens the state folder in the system's file manager. */
  readonly openStateFolder: () => Promise<SettingOutcome>
  readonly copyReleasePage: () => Promise<SettingOutcome>
}

/** Shows the only settings window; closing destroys it. */
export class SettingsWindow {
  readonly #deps: SettingsWindowDeps
  readonly #pushes = new SerialQueue()
  #window: BrowserWindow | null = null

  constructor(deps: SettingsWindowDeps) {
    this.#deps = deps
    const { settings, shortcut, channels, lock, openStateFolder, copyReleasePage } = deps
    const handlers: Handlers<typeof settingsContract> = {
      describe: () => settings.view(),
      change: (change) => settings.change(change),
      recordShortcut: ({ recording }) => {
        shortcut.suspend(recording)
      },
      openStateFolder,
      copyReleasePage,
      keepWebhook: ({ address }) => channels.keepWebhook(address),
      keepTelegram: ({ token, chat }) => channels.keepTelegram(token, chat),
      forgetChannel: ({ channel }) => channels.forgetChannel(channel),
      testChannel: ({ channel }) => channels.testChannel(channel),
      turnOnLock: ({ passphrase, again }) => lock.turnOn(passphrase, again),
      turnOffLock: ({ passphrase }) => lock.turnOff(passphrase),
      close: () => {
        this.#window?.close()
      },
    }
    serve('settings', () => this.#window, settingsContract, handlers, lock)
    settings.onChange(() => void this.#push())
  }

  /** Opens the window or brings it to the front. */
  open(): void {
    this.#deps.shortcut.tryAgain()
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.focus()
      return
    }
    const window = createPageWindow('settings', {
      width: 760,
      height: 720,
      minWidth: 320,
      minHeight: 320,
      title: 'TokenTray settings',
      fullscreenable: false,
    })
    this.#window = window
    onceShowable(window, this.#deps.clock, () => {
      window.show()
    })
    // The user may have changed starting at login in the system's own settings.
    window.on('focus', () => void this.#push())
    window.on('closed', () => {
      this.#window = null
      this.#deps.shortcut.suspend(false)
    })
  }

  /** Sends the view. A queue keeps the order, so that the page ends with the newest view. */
  #push(): Promise<void> {
    return this.#pushes.run(async () => {
      const window = this.#window
      if (window === null) return
      const view = await this.#deps.settings.view()
      if (!window.isDestroyed()) send('settings', window, settingsContract, 'viewChanged', view)
    })
  }
}
