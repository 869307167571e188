import * as z from 'zod/mini'
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
