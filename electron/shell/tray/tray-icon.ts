import { Menu, type Rectangle, type Tray } from 'electron'
import type { AppState } from '../../contract/state.ts'
import { summaryOf } from '../../contract/summary.ts'
import type { Clock } from '../../core/ports.ts'
import { codesEndAt, endWords, secondsWords } from './code-words.ts'
import { trayFace, trayTooltip } from './tray-status.ts'
import { trayMenu, type TrayActions } from './tray-menu.ts'
import { makeTray, trayPicture } from './tray-picture.ts'

/**
 * True on Linux, where the panel gets the menu in advance, and Chromium does not report that it opens
 * (https://chromium.googlesource.com/chromium/src/+/main/components/dbus/menu/menu.cc: events other than clicks are
 * dropped). Elsewhere the menu is built when the user opens it.
 */
const panelKeepsMenu = process.platform === 'linux'

/** How long the icon shows that something was copied, ms. */
const COPIED_MS = 2_000

export interface TrayIconDeps {
  /** The icon as it was made at the start. */
  readonly made: Tray
  readonly clock: Clock
  /** Returns the brokers' clock minus this machine's, ms. */
  readonly correctionMs: () => number
  readonly actions: TrayActions
  /** Tells whether macOS shows beside the icon how many accounts are ready. */
  readonly showsCount: () => boolean
  readonly onClick: () => void
}

/** Shows the state as an icon in the tray, opens the popover and carries the menu. */
export class TrayIcon {
  #tray: Tray
  readonly #deps: TrayIconDeps
  #state: AppState | null = null
  #shown = ''
  #currentMenu = ''
  #cancelMenuUpdate: () => void = () => undefined
  #cancelCopied: () => void = () => undefined

  constructor(deps: TrayIconDeps) {
    this.#deps = deps
    this.#tray = this.#listen(deps.made)
  }

  /** Replaces the icon, because an icon that was created without a tray never shows. */
  renew(): void {
    this.#tray.destroy()
    this.#tray = this.#listen(makeTray())
    this.#shown = ''
    this.#currentMenu = ''
    if (this.#state !== null) this.show(this.#state)
  }

  show(state: AppState): void {
    this.#state = state
    const face = trayFace(state)
    const now = this.#deps.clock.now()
    const tooltip = trayTooltip(state, now, zoneAt(now))
    const title = this.#deps.showsCount() ? (summaryOf(state)?.count ?? '') : ''
    const shown = JSON.stringify([face, tooltip, title])
    if (shown !== this.#shown) {
      this.#tray.setImage(trayPicture(face))
      this.#tray.setToolTip(tooltip)
      if (process.platform === 'darwin') this.#tray.setTitle(title, { fontType: 'monospacedDigit' })
      this.#shown = shown
    }
    if (panelKeepsMenu) this.#setMenu()
  }

  /** Shows for a moment that something was copied, because a menu that has closed can't. */
  showCopied(): void {
    this.#tray.setImage(trayPicture('copied'))
    this.#cancelCopied()
    this.#cancelCopied = this.#deps.clock.after(COPIED_MS, () => {
      this.#shown = ''
      if (this.#state !== null) this.show(this.#state)
    })
  }

  /** Returns the icon's place on the screen; it has no size on Linux. */
  get bounds(): Rectangle {
    return this.#tray.getBounds()
  }

  destroy(): void {
    this.#cancelMenuUpdate()
    this.#cancelCopied()
    this.#tray.destroy()
  }

  #listen(tray: Tray): Tray {
    tray.on('click', (event) => {
      if (process.platform === 'darwin' && event.ctrlKey) this.#popUp()
      else this.#deps.onClick()
    })
    if (!panelKeepsMenu)
      tray.on('right-click', () => {
        this.#popUp()
      })
    return tray
  }

  #popUp(): void {
    const { clock, correctionMs } = this.#deps
    const now = clock.now()
    const menu = this.#menu(secondsWords(codesEndAt(now, correctionMs()), now))
    this.#tray.popUpContextMenu(Menu.buildFromTemplate(menu))
  }

  /** Sets the menu only when it has changed, because setting it closes the submenus that the user has open. */
  #setMenu(): void {
    const { clock, correctionMs } = this.#deps
    const endsAt = codesEndAt(clock.now(), correctionMs())
    const menu = this.#menu(endWords(endsAt, this.#state?.hour12 ?? false))
    const serialized = JSON.stringify(menu)
    if (serialized !== this.#currentMenu) this.#tray.setContextMenu(Menu.buildFromTemplate(menu))
    this.#currentMenu = serialized
    this.#cancelMenuUpdate()
    if (this.#state?.accounts.some(({ hasCode }) => hasCode) !== true) return
    this.#cancelMenuUpdate = clock.after(Math.max(1, endsAt - clock.now()), () => {
      this.#setMenu()
    })
  }

  #menu(codeWords: string): ReturnType<typeof trayMenu> {
    const now = this.#deps.clock.now()
    const state = this.#state ?? { accounts: [], schedule: null, hour12: false, lock: null }
    return trayMenu(state, this.#deps.actions, { codeWords, now, zone: zoneAt(now) })
  }
}

const zoneAt = (epochMs: number): number => new Date(epochMs).getTimezoneOffset()
