import type { Scene } from '../scene.ts'
import { accountScenes } from './accounts.ts'
import { formScenes } from './form-scenes.ts'
import { lockScenes } from './lock.ts'
import { scheduleScenes } from './schedule.ts'
import { severalScenes } from './several.ts'
import { settingsScenes } from './settings.ts'
import { signInScenes } from './sign-in.ts'
import { troubleScenes } from './troubles.ts'

/** Lists every state of every page that deserves a picture. */
export const scenes: readonly Scene[] = [
  ...accountScenes,
  ...scheduleScenes,
  ...troubleScenes,
  ...lockScenes,
  ...formScenes,
  ...severalScenes,
  ...settingsScenes,
  ...signInScenes,
]
