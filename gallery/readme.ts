import type { Scene, Theme } from './scene.ts'
import { scenes } from './scenes/all.ts'

function sceneOf(page: Scene['page'], name: string): Scene {
  const scene = scenes.find((other) => other.page === page && other.name === name)
  if (scene === undefined) throw new Error(`no scene of the ${page} ${name}`)
  return scene
}

/** The pictures in the README, by file name. */
export const readmePictures: readonly {
  readonly name: string
  readonly scene: Scene
  readonly theme: Theme
}[] = [
  { name: 'popover-light.png', scene: sceneOf('popover', 'with four accounts'), theme: 'light' },
  { name: 'popover-dark.png', scene: sceneOf('popover', 'with four accounts'), theme: 'dark' },
  { name: 'account-form.png', scene: sceneOf('account-form', 'filled in'), theme: 'light' },
]
