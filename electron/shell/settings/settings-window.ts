import type { BrowserWindow } from 'electron'
import { settingsChanged, settingsChannels as channels } from '../../contract/channels.ts'
import { settingsContract as contract, type SettingOutcome } from '../../contract/settings.ts'
import type { Clock } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import { onceShowable } from '../windows/once-showable.ts'
import { createPageWindow } from '../windows/pages.ts'
import { route, serveRoutes } from '../windows/router.ts'
import type { SettingsService } from './settings-service.ts'
import type { Shortcut } from './shortcut.ts'
import type { NotificationChannels } from './notification-channels.ts'

export interface SettingsWindowDeps {
  readonly clock: Clock
  readonly settings: SettingsService
  readonly shortcut: Shortcut
  readonly waysOut: NotificationChannels
  /** Shows the folder of the state in the system's file manager. */
  readonly openStateFolder: () => Promise<SettingOutcome>
}

/** The one window of the settings, destroyed when closed. */
export class SettingsWindow {
  readonly #deps: SettingsWindowDeps
  readonly #turns = new SerialQueue()
  #window: BrowserWindow | null = null

  constructor(deps: SettingsWindowDeps) {
    this.#deps = deps
    const { settings, shortcut, waysOut, openStateFolder } = deps
    const routes: Record<keyof typeof contract, (payload: unknown) => Promise<unknown>> = {
      [channels.describe]: route(contract[channels.describe], () => settings.view()),
      [channels.change]: route(contract[channels.change], (change) => settings.change(change)),
      [channels.recordShortcut]: route(contract[channels.recordShortcut], ({ recording }) => {
        shortcut.lend(recording)
        return undefined
      }),
      [channels.openStateFolder]: route(contract[channels.openStateFolder], openStateFolder),
      [channels.keepWebhook]: route(contract[channels.keepWebhook], ({ address }) =>
        waysOut.keepWebhook(new Secret(address)),
      ),
      [channels.keepTelegram]: route(contract[channels.keepTelegram], ({ token, chat }) =>
        waysOut.keepTelegram(new Secret(token), new Secret(chat)),
      ),
      [channels.forgetWay]: route(contract[channels.forgetWay], ({ way }) => waysOut.forget(way)),
      [channels.tryWay]: route(contract[channels.tryWay], ({ way }) => waysOut.try(way)),
      [channels.close]: route(contract[channels.close], () => {
        this.#window?.close()
        return undefined
      }),
    }
    serveRoutes('settings', () => this.#window, routes)
    settings.onChange(() => void this.#push())
  }

  /** Opens the settings, or brings them to the front. */
  open(): void {
    this.#deps.shortcut.tryAgain()
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.focus()
      return
    }
    const window = createPageWindow('settings', {
      width: 560,
      height: 720,
      minWidth: 320,
      minHeight: 320,
      title: 'Settings of TokenTray',
      fullscreenable: false,
    })
    this.#window = window
    onceShowable(window, this.#deps.clock, () => {
      window.show()
    })
    // What the user has meanwhile changed in the system's own settings shows when they come back.
    window.on('focus', () => void this.#push())
    window.on('closed', () => {
      this.#window = null
      this.#deps.shortcut.lend(false)
    })
  }

  /** One after the other, so that the last one sent is the newest. */
  #push(): Promise<void> {
    return this.#turns.run(async () => {
      const window = this.#window
      if (window === null) return
      const view = contract[channels.describe].reply.parse(await this.#deps.settings.view())
      if (!window.isDestroyed()) window.webContents.send(settingsChanged, view)
    })
  }
}
