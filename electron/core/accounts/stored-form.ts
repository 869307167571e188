import type { Field } from '../brokers/broker.ts'
import { hasLostLetter, LOST_LETTER } from '../text.ts'
import { readOtpauth } from './import/otpauth.ts'

/** Longer than any real password or key, shorter than what a keychain item holds everywhere. */
const MAX_LENGTH = 1_000

/**
 * Returns the stored form of a value that was typed, pasted or read from a `.env` file. A TOTP secret may be given as
 * an `otpauth://` address, as most authenticator apps and QR codes have it.
 * @throws TypeError with the end of a sentence about the field; it repeats nothing of a secret
 */
export function storedForm(field: Field, typed: string): string {
  if (field.kind === 'totp' && /^\s*otpauth(-migration)?:/i.test(typed)) return secretIn(typed)
  if (typed.length > MAX_LENGTH) throw new TypeError(`is longer than ${String(MAX_LENGTH)} characters`)
  // Spaces at the ends of a password belong to it; in other fields they come from copying.
  const value = field.kind === 'guarded' ? typed : typed.trim()
  if (/[\r\n\0]/.test(value)) throw new TypeError('has more than one line')
  if (hasLostLetter(value)) throw new TypeError(LOST_LETTER)
  return field.normalise?.(value) ?? value
}

function secretIn(address: string): string {
  // An export may hold several secrets, and the user can't choose one here.
  if (/^\s*otpauth-migration:/i.test(address)) {
    throw new TypeError(
      'is an authenticator app’s export; paste it into the account form, or use --totp-from',
    )
  }
  const found = readOtpauth(address)
  if ('why' in found) throw new TypeError(found.why)
  return found.secret.reveal()
}
