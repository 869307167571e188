import path from 'node:path'
import { Menu, nativeImage, Tray, type NativeImage, type Rectangle } from 'electron'
import type { AppState } from '../../contract/state.ts'
import type { Clock } from '../../core/ports.ts'
import { codesEndAt, endWords, secondsWords } from './code-words.ts'
import { trayFace, trayTooltip, type TrayFace } from './tray-status.ts'
import { trayMenu, type TrayActions } from './tray-menu.ts'

const ICONS_DIR = path.join(import.meta.dirname, '..', 'assets', 'tray')

/**
 * macOS colours a template to suit its menu bar. Elsewhere nobody tells a program what colour the panel has, which
 * need not be the theme's, so there is one picture for both: its colours stand out from light and dark alike.
 */
const endings: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template.png', win32: '.ico' }
const ending = endings[process.platform] ?? '.png'

/**
 * On Linux the panel has been given the menu long before it is opened, and says nothing when it is
 * (https://chromium.googlesource.com/chromium/src/+/main/components/dbus/menu/menu.cc: events other than clicks are
 * dropped). Elsewhere the menu is made when it is asked for.
 */
const panelKeepsMenu = process.platform === 'linux'

export interface TrayIconDeps {
  readonly clock: Clock
  /** What this machine's clock lacks to be the brokers', ms. */
  readonly correctionMs: () => number
  readonly actions: TrayActions
  readonly onClick: () => void
}

/** The icon in the tray: shows the state, opens the popover, carries the menu. */
export class TrayIcon {
  #tray: Tray
  readonly #deps: TrayIconDeps
  #state: AppState | null = null
  #shown = ''
  #givenMenu = ''
  #callOffMenu: () => void = () => undefined

  constructor(deps: TrayIconDeps) {
    this.#deps = deps
    this.#tray = this.#make()
  }

  /** Makes the icon anew: one that no tray was there for never shows. */
  renew(): void {
    this.#tray.destroy()
    this.#tray = this.#make()
    this.#shown = ''
    this.#givenMenu = ''
    if (this.#state !== null) this.show(this.#state)
  }

  show(state: AppState): void {
    this.#state = state
    const face = trayFace(state)
    const tooltip = trayTooltip(state)
    const shown = JSON.stringify([face, tooltip])
    if (shown !== this.#shown) {
      this.#tray.setImage(icon(face))
      this.#tray.setToolTip(tooltip)
      this.#shown = shown
    }
    if (panelKeepsMenu) this.#giveMenu()
  }

  /** Where it is on the screen; without a size on Linux. */
  get bounds(): Rectangle {
    return this.#tray.getBounds()
  }

  destroy(): void {
    this.#callOffMenu()
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

  /** Only when it says something new: a menu that is given anew closes its submenus in the user's hand. */
  #giveMenu(): void {
    const { clock, correctionMs } = this.#deps
    const endsAt = codesEndAt(clock.now(), correctionMs())
    const menu = this.#menu(endWords(endsAt, this.#state?.hour12 ?? false))
    const given = JSON.stringify(menu)
    if (given !== this.#givenMenu) this.#tray.setContextMenu(Menu.buildFromTemplate(menu))
    this.#givenMenu = given
    this.#callOffMenu()
    if (this.#state?.accounts.some(({ hasCode }) => hasCode) !== true) return
    this.#callOffMenu = clock.after(Math.max(1, endsAt - clock.now()), () => {
      this.#giveMenu()
    })
  }

  #menu(codeWords: string): ReturnType<typeof trayMenu> {
    const { accounts, schedule } = this.#state ?? { accounts: [], schedule: null }
    return trayMenu({ accounts, schedule }, this.#deps.actions, codeWords)
  }
}

function icon(face: TrayFace): NativeImage {
  return nativeImage.createFromPath(path.join(ICONS_DIR, `${face}${ending}`))
}
