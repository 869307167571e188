import {
  desktopCapturer,
  Menu,
  screen,
  systemPreferences,
  type BrowserWindow,
  type DesktopCapturerSource,
  type Point,
} from 'electron'
import { MAX_FILE_BYTES } from '../../contract/fields.ts'
import { InputError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import type { Fetched } from './imports.ts'
import { isWayland } from '../clipboard/wayland.ts'

const THUMBNAIL = { width: 96, height: 60 }
/** The longest title in the menu, characters. */
const MAX_TITLE = 60
/** Until the system has redrawn the area under the hidden window, ms. */
const REDRAW_MS = 400
/** How long after the menu's closing its click can arrive, ms. */
const CLICK_MS = 250
const JPEG_QUALITY = 95

/**
 * Takes one picture of a screen or window that the user chooses, while our own window is hidden; null when they
 * choose none. Discards the previews of the others.
 * @throws InputError when the system forbids it
 */
export async function captureScreen(
  window: BrowserWindow,
  clock: Clock,
  menuAt: Point | null,
): Promise<Fetched | null> {
  assertAllowed()
  // On Wayland the desktop itself asks the user and returns only the chosen source.
  const chosen = isWayland(process.env) ? null : await askWhich(window, clock, menuAt)
  if (chosen === 'none') return null
  window.hide()
  try {
    await wait(clock, REDRAW_MS)
    const sources = await desktopCapturer.getSources({
      types: chosen === null ? ['screen', 'window'] : [typeOf(chosen)],
      thumbnailSize: largest(),
    })
    const source = chosen === null ? sources[0] : sources.find(({ id }) => id === chosen.id)
    if (source === undefined) return null
    return { bytes: encoded(source.thumbnail), from: `the picture of “${title(source)}”`, isPicture: true }
  } finally {
    if (!window.isDestroyed()) window.show()
  }
}

const wait = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))

const typeOf = ({ id }: DesktopCapturerSource): 'screen' | 'window' =>
  id.startsWith('screen:') ? 'screen' : 'window'

function assertAllowed(): void {
  if (process.platform !== 'darwin') return
  const status = systemPreferences.getMediaAccessStatus('screen')
  if (status !== 'denied' && status !== 'restricted') return
  throw new InputError({
    screen:
      'may not look at the screen. Allow it in System Settings, Privacy & Security, Screen Recording, then start ' +
      'TokenTray again',
  })
}

/** Asks the user for a source in a menu at its button that lists everything except the form itself. */
async function askWhich(
  window: BrowserWindow,
  clock: Clock,
  menuAt: Point | null,
): Promise<DesktopCapturerSource | 'none'> {
  const all = await desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: THUMBNAIL })
  const sources = all.filter(({ id }) => id !== window.getMediaSourceId())
  return new Promise((resolve) => {
    const menu = Menu.buildFromTemplate([
      { label: 'Take one picture of…', enabled: false },
      ...sources.map((source) => ({
        label: title(source).replaceAll('&', '&&'),
        ...(!source.thumbnail.isEmpty() && { icon: source.thumbnail }),
        click: () => resolve(source),
      })),
      { type: 'separator' },
      { label: 'Cancel', click: () => resolve('none') },
    ])
    // The menu reports its closing before the click.
    menu.popup({
      window,
      ...(menuAt !== null && inWindow(menuAt, window.webContents.getZoomFactor())),
      callback: () => clock.after(CLICK_MS, () => resolve('none')),
    })
  })
}

/** Returns a point of a page as one of its window, whose pixels the page's zoom does not enlarge. */
export const inWindow = ({ x, y }: Point, zoom: number): Point => ({
  x: Math.round(x * zoom),
  y: Math.round(y * zoom),
})

/** Returns the size of the largest screen in device pixels. Electron never enlarges a smaller picture to it. */
function largest(): { width: number; height: number } {
  const displays = screen.getAllDisplays()
  const most = (side: 'width' | 'height'): number =>
    Math.max(...displays.map(({ size, scaleFactor }) => Math.ceil(size[side] * scaleFactor)))
  return { width: most('width'), height: most('height') }
}

function encoded(picture: Electron.NativeImage): Uint8Array {
  if (picture.isEmpty()) throw new InputError({ screen: 'got an empty picture of it. Choose another' })
  const png = picture.toPNG()
  return png.length <= MAX_FILE_BYTES ? png : picture.toJPEG(JPEG_QUALITY)
}

const title = ({ name }: DesktopCapturerSource): string =>
  name.length > MAX_TITLE ? `${name.slice(0, MAX_TITLE)}…` : name || 'without a name'
