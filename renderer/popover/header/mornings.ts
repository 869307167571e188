import type { Morning } from '../../../electron/contract/state.ts'

/** The card's words about an account that the schedule skips; null for one that it logs in. */
export const skippedWords: Readonly<Record<Morning, string | null>> = {
  on: null,
  'not-today': 'Left out today',
  off: 'Not in the morning login',
}

/** The other choices that the card's menu offers. */
export const morningChoices: Readonly<Record<Morning, readonly (readonly [words: string, Morning])[]>> = {
  on: [
    ['Leave out today', 'not-today'],
    ['Leave out', 'off'],
  ],
  'not-today': [
    ['Include again', 'on'],
    ['Leave out', 'off'],
  ],
  off: [['Include again', 'on']],
}
