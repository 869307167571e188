import type { Morning } from '../../../electron/contract/state.ts'

/** What the card says of an account that the schedule does not log in; null for one that it does. */
export const skippedWords: Readonly<Record<Morning, string | null>> = {
  on: null,
  'not-today': 'Skipped today by the morning run',
  off: 'Skipped every day by the morning run',
}

/** What can be chosen in place of what is. */
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
