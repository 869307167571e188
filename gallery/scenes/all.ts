import type { Scene } from '../scene.ts'
import { accountScenes } from './accounts.ts'
import { formScenes } from './form-scenes.ts'
import { settingsScenes } from './settings.ts'
import { troubleScenes } from './troubles.ts'

/** Every state of every page that is worth a look. */
export const scenes: readonly Scene[] = [...accountScenes, ...troubleScenes, ...formScenes, ...settingsScenes]
