import { nativeImage, Tray, type NativeImage } from 'electron'
import type { Face } from '../../contract/summary.ts'
import { ownFile } from '../own-file.ts'

/**
 * The file extensions of the icons. macOS colours a template to suit its menu bar. Other systems do not report their
 * panel's colour, which may differ from the theme. So one icon has colours for light and dark panels.
 */
const endings: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Template.png', win32: '.ico' }
const ending = endings[process.platform] ?? '.png'

/** Makes an icon in the tray, which has nothing to say yet. */
export const makeTray = (): Tray => new Tray(trayPicture('none'))

/** Returns the picture of a state, for the system's own kind of tray. */
export function trayPicture(picture: Face | 'copied'): NativeImage {
  return nativeImage.createFromPath(ownFile('assets', 'tray', `${picture}${ending}`))
}
