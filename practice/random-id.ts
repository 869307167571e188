import { randomBytes } from 'node:crypto'

/** Returns 32 characters that cannot be guessed. */
export function randomId(): string {
  return randomBytes(16).toString('hex')
}

/** Returns 88 characters of base64, like Kite's `enctoken`: a cookie value with `+`, `/` and `=`. */
export function randomEncToken(): string {
  return randomBytes(64).toString('base64')
}
