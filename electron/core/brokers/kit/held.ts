import { LoginError } from '../../errors.ts'
import type { TokenBundle } from '../broker.ts'

/** A field of a token bundle. Throws LoginError `token-expired` for a bundle that lacks it: only a login mends that. */
export function tokenField(bundle: TokenBundle, field: string): string {
  const value = bundle[field]
  if (value === undefined) throw new LoginError('token-expired')
  return value.reveal()
}
