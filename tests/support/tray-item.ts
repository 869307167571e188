import { z } from 'zod'
import { MenuLayout, type MenuItem } from './tray-menu.ts'
import type { SessionBus } from './session-bus.ts'
import { until } from './until.ts'
import { variant } from './variant.ts'

const Pixmaps = z.array(z.tuple([z.number(), z.number(), z.instanceof(Uint8Array)]))
const ToolTip = z.tuple([z.string(), z.unknown(), z.string(), z.string()])

/** The pixels of an icon: rows of four bytes each (alpha, red, green, blue). */
export interface Pixmap {
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/**
 * Reads and presses one icon in the tray, as a panel does
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierItem/).
 */
export class TrayItem {
  /** When the tray learned of the icon, epoch ms. */
  readonly since = Date.now()
  readonly #bus: SessionBus
  readonly #destination: string
  readonly #path: string

  constructor(bus: SessionBus, destination: string, path: string) {
    this.#bus = bus
    this.#destination = destination
    this.#path = path
  }

  async tooltip(): Promise<string> {
    const [, , title, text] = await this.#property('ToolTip', ToolTip)
    return `${title}${text}`
  }

  status(): Promise<string> {
    return this.#property('Status', z.string())
  }

  async pixmaps(): Promise<Pixmap[]> {
    const pixmaps = await this.#property('IconPixmap', Pixmaps)
    return pixmaps.map(([width, height, bytes]) => ({ width, height, bytes }))
  }

  /** Clicks on the icon. */
  async activate(): Promise<void> {
    await this.#call('org.kde.StatusNotifierItem', this.#path, 'Activate', 'ii', [0, 0])
  }

  /** Returns the menu's items in order, with submenus. */
  async menu(): Promise<MenuItem[]> {
    const path = await this.#property('Menu', z.string())
    const reply = await this.#call('com.canonical.dbusmenu', path, 'GetLayout', 'iias', [0, -1, []])
    return MenuLayout.parse(reply[1]).children
  }

  /**
   * Presses the item at the path of labels, such as `['zerodha', 'Log in']`, once it exists and is enabled.
   * The part of a label in brackets may be left out, because it changes with time.
   */
  async press(...labels: [string, ...string[]]): Promise<void> {
    await until(`the menu item ${labels.join(' → ')}`, async () => {
      let items = await this.menu()
      let found: MenuItem | undefined
      for (const label of labels) {
        found = items.find(
          (item) =>
            item.label === label ||
            item.label.startsWith(`${label} (`) ||
            item.label.startsWith(`${label} · `),
        )
        items = found?.children ?? []
      }
      return found?.enabled === true && (await this.#click(found.id)) ? true : null
    })
  }

  /** Resolves with whether the item was still there: an app may replace its menu at any time. */
  async #click(id: number): Promise<boolean> {
    const path = await this.#property('Menu', z.string())
    const now = Math.floor(Date.now() / 1000)
    try {
      await this.#call('com.canonical.dbusmenu', path, 'Event', 'isvu', [id, 'clicked', ['s', ''], now])
      return true
    } catch (error) {
      if (String(error).includes('error occurred in Event')) return false
      throw error
    }
  }

  async #property<T>(name: string, type: z.ZodType<T>): Promise<T> {
    const [value] = await this.#call('org.freedesktop.DBus.Properties', this.#path, 'Get', 'ss', [
      'org.kde.StatusNotifierItem',
      name,
    ])
    return variant(type).parse(value)
  }

  #call(face: string, path: string, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    return this.#bus.call({ destination: this.#destination, path, interface: face, member, signature, body })
  }
}
