import path from 'node:path'
import { Menu, nativeImage, Tray, type NativeImage } from 'electron'
import type { AppState } from '../contract/state.ts'
import { trayMenu, trayState, trayTooltip, type TrayActions, type TrayState } from './tray-menu.ts'

const ICONS_DIR = path.join(import.meta.dirname, '..', 'assets', 'tray')

const variants: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template', win32: '-16' }
const variant = variants[process.platform] ?? ''

/** The icon in the tray: shows the state, opens the popover, carries the menu. */
export class TrayIcon {
  readonly #tray: Tray
  readonly #actions: TrayActions
  #shown = ''

  constructor(actions: TrayActions, onClick: () => void) {
    this.#actions = actions
    this.#tray = new Tray(icon('none'))
    this.#tray.on('click', onClick)
  }

  show(state: AppState): void {
    // The menu depends on more than the icon; rebuilding it for each second of a code would close it in the
    // user's hand, so only what it shows counts.
    const menu = trayMenu(state, this.#actions)
    const face = trayState(state)
    const tooltip = trayTooltip(state)
    const shown = JSON.stringify([menu, face, tooltip])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#tray.setImage(icon(face))
    this.#tray.setToolTip(tooltip)
    this.#tray.setContextMenu(Menu.buildFromTemplate(menu))
  }

  destroy(): void {
    this.#tray.destroy()
  }
}

function icon(state: TrayState): NativeImage {
  return nativeImage.createFromPath(path.join(ICONS_DIR, `${state}${variant}.png`))
}
