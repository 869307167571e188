import { asking, LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import type { TokenBundle } from '../broker.ts'

/** Returns a token bundle of the fields that have a value. */
export function bundleOf(values: Readonly<Record<string, string | undefined>>): TokenBundle {
  const filled = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return Object.fromEntries(filled.map(([field, value]) => [field, new Secret(value)]))
}

/**
 * Checks the user of a login before its token is kept: by hand anyone may sign in. A reply that names nobody passes,
 * because the probe may tell.
 * @param wanted the user ID in the account's details, or that of the first good login; empty when unknown
 * @throws LoginError `bad-credentials`
 */
export function assertLoginOf(wanted: string, seen: string | undefined): void {
  if (isSame(wanted, seen)) return
  throw new LoginError('bad-credentials', {
    message: `The login was that of ${named(seen)}, and this account is for ${wanted}. Its token was not kept.`,
    next: asking('login', `Log in again as ${wanted}, or change the account’s details.`),
    final: true,
  })
}

/**
 * Checks the user of a token.
 * @throws LoginError `token-expired` for another user's token, because this account can't use it
 */
export function assertTokenOf(wanted: string, seen: string | undefined): void {
  if (isSame(wanted, seen)) return
  throw new LoginError('token-expired', {
    message: `This token is that of ${named(seen)}, and this account is for ${wanted}.`,
    next: asking('change', `Log in as ${wanted}, or change the account’s details.`),
  })
}

const isSame = (wanted: string, seen = wanted): boolean =>
  wanted === '' || seen.toUpperCase() === wanted.toUpperCase()

/** Hides any other text in a reply, because it may not be a user ID. */
const named = (userId = ''): string => (/^[\w-]{1,40}$/.test(userId) ? userId : 'another user')
