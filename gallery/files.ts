import path from 'node:path'
import { fileName, type Scene, type Theme } from './scene.ts'

const here = import.meta.dirname

/** The pictures that `npm test` compares with. */
export const PICTURES = path.join(here, 'pictures')
/** The folder of the page that `npm run gallery` writes. */
export const OUT = path.join(here, 'out')

/** The folder of the README's pictures. */
export const README_PICTURES = path.join(here, '../docs/pictures')

export const pictureName = (scene: Scene, theme: Theme): string => `${fileName(scene)}-${theme}.png`
