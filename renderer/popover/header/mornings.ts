import type { Morning } from '../../../electron/contract/state.ts'

/** The card's words about an account that the schedule skips; null for one that it logs in. */
export const skippedWords: Readonly<Record<Morning, string | null>> = {
  on: null,
  'not-today': 'Skipped today by the morning run',
  off: 'Skipped every day by the morning run',
}

/** The other choices that the card's menu offers. */
export const morningChoices: Readonly<Record<Morning, readonly (readonly [words: string, Morning])[]>> = {
  on: [
    ['Skip today', 'not-today'],
    ['Skip every day', 'off'],
  ],
  'not-today': [
    ['Don’t skip today', 'on'],
    ['Skip every day', 'off'],
  ],
  off: [['Don’t skip any more', 'on']],
}
