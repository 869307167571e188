import { LoginError } from '../../errors.ts'

/**
 * To be called with whom a login has let in, before its token is kept: who signs in by hand may do so as somebody
 * else, and Kite lets people in by their mobile number too.
 * @param seen undefined where Kite has not said
 * @throws LoginError `bad-credentials`
 */
export function assertLoginOf(wanted: string, seen: string | undefined): void {
  if (seen === undefined || seen === wanted) return
  throw new LoginError('bad-credentials', {
    message: `The login was that of ${named(seen)}, and this account is for ${wanted}. Its token was not kept.`,
    next: `Log in again as ${wanted}, or change the user ID in the account’s details.`,
  })
}

/** @throws LoginError `token-expired` when a token is somebody else's: for this account it is worth nothing */
export function assertTokenOf(wanted: string, seen: string): void {
  if (seen === wanted) return
  throw new LoginError('token-expired', {
    message: `This token is that of ${named(seen)}, and this account is for ${wanted}.`,
    next: `Log in as ${wanted}, or change the user ID in the account’s details.`,
  })
}

/** Anything else that a reply calls a user ID is not to be shown. */
const named = (userId: string): string => (/^\w{1,12}$/.test(userId) ? userId : 'another user')
