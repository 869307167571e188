import { app } from 'electron'
import path from 'node:path'

/** Returns the path of a file of the app, such as `dist/preload.cjs`, whichever of its files asks for it. */
export const ownFile = (...parts: readonly string[]): string => path.join(app.getAppPath(), ...parts)
