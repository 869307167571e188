import { Menu, nativeImage, Tray, type NativeImage, type Rectangle } from 'electron'
import type { AppState } from '../../contract/state.ts'
import { summaryOf, type Face } from '../../contract/summary.ts'
import type { Clock } from '../../core/ports.ts'
import { ownFile } from '../own-file.ts'
import { codesEndAt, endWords, secondsWords } from './code-words.ts'
import { trayFace, trayTooltip } from './tray-status.ts'
import { trayMenu, type TrayActions } from './tray-menu.ts'

/**
 * The file extensions of the icons. macOS colours a template to suit its menu bar. Other systems do not report their
 * panel's colour, which may differ from the theme. So one icon has colours for light and dark panels.
 */
const endings: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template.png', win32: '.ico' }
const ending = endings[process.platform] ?? '.png'

/**
 * True on Linux, where the panel gets the menu in advance, and Chromium does not report that it opens
 * (https://chromium.googlesource.com/chromium/src/+/main/components/dbus/menu/menu.cc: events other than clicks are
 * dropped). Elsewhere the menu is built when the user opens it.
 */
const panelKeepsMenu = process.platform === 'linux'

/** How long the icon shows that something was copied, ms. */
const COPIED_MS = 2_000

export interface TrayIconDeps {
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
    this.#tray = this.#make()
  }

  /** Replaces the icon, because an icon that was created without a tray never shows. */
  renew(): void {
    this.#tray.destroy()
    this.#tray = this.#make()
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
      this.#tray.setImage(icon(face))
      this.#tray.setToolTip(tooltip)
      if (process.platform === 'darwin') this.#tray.setTitle(title, { fontType: 'monospacedDigit' })
      this.#shown = shown
    }
    if (panelKeepsMenu) this.#setMenu()
  }

  /** Shows for a moment that something was copied, because a menu that has closed can't. */
  showCopied(): void {
    this.#tray.setImage(icon('copied'))
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

  #make(): Tray {
    const tray = new Tray(icon('none'))
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

function icon(picture: Face | 'copied'): NativeImage {
  return nativeImage.createFromPath(ownFile('assets', 'tray', `${picture}${ending}`))
}
