import { madeEasier, sentence, type Scene } from '../scene.ts'
import { accountScenes } from './accounts.ts'
import { formScenes } from './form-scenes.ts'
import { lockScenes } from './lock.ts'
import { scheduleScenes } from './schedule.ts'
import { severalScenes } from './several.ts'
import { settingsScenes } from './settings.ts'
import { signInScenes } from './sign-in.ts'
import { troubleScenes } from './troubles.ts'

/** The states of each page that are told apart by colour, or hold much in little room. */
const seenByAll = [
  'the popover with six accounts',
  'the popover with eight accounts',
  'the popover with the forms to copy a token in',
  'the popover with the history of an account',
  'the popover that asks whether to start with the computer',
  'the popover before the market opens',
  'the sign in strip above a broker’s page',
  'the account form with mistakes in it',
  'the settings with everything on',
]

const usual: readonly Scene[] = [
  ...accountScenes,
  ...scheduleScenes,
  ...troubleScenes,
  ...lockScenes,
  ...formScenes,
  ...severalScenes,
  ...settingsScenes,
  ...signInScenes,
]

/** Lists every state of every page that deserves a picture. */
export const scenes: readonly Scene[] = [
  ...usual,
  ...usual.filter((scene) => seenByAll.includes(sentence(scene))).flatMap(madeEasier),
]
