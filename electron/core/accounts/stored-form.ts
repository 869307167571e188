import type { Field } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import { readSecrets } from './import/secrets-in-text.ts'

/** Longer than any real password or key, shorter than what a keychain item holds everywhere. */
const MAX_LENGTH = 1_000
/** Longer than any address of one secret; an export of many is read elsewhere. */
const MAX_ADDRESS = 20_000

/**
 * What is kept of a value that was typed, pasted or read from a `.env` file. A TOTP secret may come in its
 * `otpauth://` address, which is what is copied out of most authenticator apps and QR codes.
 * @throws TypeError with the end of a sentence about the field; it repeats nothing of a secret
 */
export function storedForm(field: Field, typed: string): string {
  if (field.kind === 'totp' && /^\s*otpauth(-migration)?:/i.test(typed)) return secretIn(typed)
  if (typed.length > MAX_LENGTH) throw new TypeError(`is longer than ${String(MAX_LENGTH)} characters`)
  // Spaces at the ends of a password are part of it; anywhere else they come from copying.
  const value = field.kind === 'guarded' ? typed : typed.trim()
  if (/[\r\n\0]/.test(value)) throw new TypeError('has more than one line')
  return field.normalise?.(value) ?? value
}

function secretIn(address: string): string {
  if (address.length > MAX_ADDRESS) throw new TypeError('is far longer than the address of one secret')
  const [first, ...more] = secretsIn(address)
  if (first === undefined) throw new TypeError('has no secret in it')
  if (more.length > 0) {
    throw new TypeError(`is an export of ${String(more.length + 1)} secrets, and one is wanted`)
  }
  return first.secret.reveal()
}

function secretsIn(address: string) {
  try {
    return readSecrets(address)?.secrets ?? []
  } catch (error) {
    if (error instanceof InputError) throw new TypeError(Object.values(error.errors).join('; '))
    throw error
  }
}
