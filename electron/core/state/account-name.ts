import * as z from 'zod/mini'
import { InputError } from '../errors.ts'
import { harmless } from '../harmless.ts'

/** What a new account may be called: nothing in it means anything to a shell. */
export const accountName = /^[a-z0-9][a-z0-9._-]{0,39}$/

/**
 * An account's name as a file holds it. A file that was changed by hand may have any text there; a mark stands for what
 * steers a terminal or can't be seen, so that it passes for no other account's name.
 */
export const StoredName = z.pipe(
  z.string(),
  z.transform((name: string) => harmless(name, '\uFFFD')),
)

/**
 * Checks the name of a new account.
 * @param taken the names in use
 * @throws InputError for `name`
 */
export function checkName(name: string, taken: readonly string[]): void {
  if (!accountName.test(name)) {
    throw new InputError({
      name: 'has 1 to 40 lower-case letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    })
  }
  if (taken.includes(name)) throw new InputError({ name: `“${name}” is in use; choose another name` })
}
