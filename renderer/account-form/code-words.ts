import type { DraftView } from '../../electron/contract/account-form.ts'

type Totp = DraftView['totp']

/**
 * Returns the announcement of a TOTP secret that has changed; null for none. New codes of the same secret and stored
 * secrets are not announced, because the user has not changed anything.
 */
export function codeAnnouncement(before: Totp, after: Totp): string | null {
  if (after === null || after.from === 'stored') return null
  const isSame =
    before !== null &&
    before.from === after.from &&
    before.name === after.name &&
    (before.code.startsAt !== after.code.startsAt || before.code.code === after.code.code)
  if (isSame) return null
  const digits = after.code.code.split('').join(' ')
  return `${after.name === '' ? 'The code now' : `The code of ${after.name}`} is ${digits}. ${COMPARE}`
}

export const COMPARE = 'Must match the code on your phone.'
