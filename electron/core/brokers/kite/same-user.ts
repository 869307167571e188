import { LoginError } from '../../errors.ts'

/**
 * Checks the user of a login before its token is kept. A user may sign in by hand under another ID, and Kite also
 * accepts a mobile number.
 * @param seen the user ID in Kite's reply; undefined when missing
 * @throws LoginError `bad-credentials`
 */
export function assertLoginOf(wanted: string, seen: string | undefined): void {
  if (seen === undefined || seen === wanted) return
  throw new LoginError('bad-credentials', {
    message: `The login was that of ${named(seen)}, and this account is for ${wanted}. Its token was not kept.`,
    next: `Log in again as ${wanted}, or change the user ID in the account’s details.`,
  })
}

/**
 * Checks the user of a token.
 * @throws LoginError `token-expired` for another user's token, because this account can't use it
 */
export function assertTokenOf(wanted: string, seen: string): void {
  if (seen === wanted) return
  throw new LoginError('token-expired', {
    message: `This token is that of ${named(seen)}, and this account is for ${wanted}.`,
    next: `Log in as ${wanted}, or change the user ID in the account’s details.`,
  })
}

/** Hides any other text in a reply, because it may not be a user ID. */
const named = (userId: string): string => (/^\w{1,12}$/.test(userId) ? userId : 'another user')
