import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'

/** An Upstox account. Several accounts of a family may have the same mobile number. */
export interface Profile {
  readonly profileId: number
  readonly userId: string
}

/** A user ID, restricted to characters that a header allows, because a header carries it. */
const UserId = z.string().check(z.regex(/^[\w-]{1,40}$/))

/** An optional user ID; null when missing or malformed. */
export const OptionalUserId = z.catch(z.nullable(UserId), null)

/** An account in the list of the login page's verify call. The id comes as a number or a text. */
export const ListedProfile = z.object({
  profileId: z.union([z.int(), z.string().check(z.regex(/^\d{1,15}$/))]),
  userId: UserId,
  isDefault: z.nullish(z.boolean()),
})

/**
 * Chooses the account to log in to: the user's choice, the owner of the app, the default, or the only account. Only the
 * owner of an app is known to get tokens for it.
 * @param wanted the user's own choice; empty for none
 * @param owner the owner of the app, by the address of the login page
 * @throws LoginError `bad-credentials` when the user has to choose
 */
export function chooseProfile(
  listed: readonly z.infer<typeof ListedProfile>[],
  wanted: string,
  owner: string,
): Profile {
  const ofUser = (id: string) => listed.find(({ userId }) => isSameUser(userId, id))
  const byDefault = listed.find(({ isDefault }) => isDefault === true)
  const only = listed.length === 1 ? listed[0] : undefined
  const chosen = wanted === '' ? (ofUser(owner) ?? byDefault ?? only) : ofUser(wanted)
  if (chosen === undefined) throw notAmong(listed, wanted)
  return { profileId: Number(chosen.profileId), userId: chosen.userId }
}

/**
 * Checks that the only account of a mobile number is the wanted account. An unknown user ID passes.
 * @throws LoginError `bad-credentials`
 */
export function checkOnlyProfile(userId: string | null, wanted: string): void {
  if (userId !== null && wanted !== '' && !isSameUser(userId, wanted)) throw notAmong([{ userId }], wanted)
}

const isSameUser = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase()

function notAmong(listed: readonly Pick<Profile, 'userId'>[], wanted: string): LoginError {
  const ids = listed.map(({ userId }) => userId).join(', ')
  return new LoginError('bad-credentials', {
    message:
      wanted === ''
        ? `Several Upstox accounts have this mobile number: ${ids}.`
        : `This mobile number is not that of the Upstox account ${wanted} but of ${ids}.`,
    next: 'Enter the one to log in to as Upstox user ID in the account’s details.',
  })
}
