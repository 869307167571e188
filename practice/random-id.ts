import { randomBytes } from 'node:crypto'

/** 32 characters that nobody can guess. */
export function randomId(): string {
  return randomBytes(16).toString('hex')
}

/** 88 characters of base64, the shape of Kite's `enctoken`: a cookie value with `+`, `/` and `=` in it. */
export function randomEncToken(): string {
  return randomBytes(64).toString('base64')
}
