import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { exportAddress } from './authenticator-export.ts'
import type { Profile } from './profile.ts'

/** A made-up TOTP secret, and its bytes. */
export const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
export const zerodha = `otpauth://totp/Zerodha:AB1234?secret=${secret}&issuer=Zerodha`
export const bytes = Buffer.from('12345678901234567890')
export const other = Buffer.from('another secret of 20')

/** An export of an authenticator app with two accounts that brokers accept and one that they do not. */
export const exported = exportAddress([
  { secret: other, name: 'me@example.com', issuer: 'Mail' },
  { secret: bytes, name: 'AB1234', issuer: 'Zerodha' },
  { secret: bytes, name: 'counts', issuer: 'Game', type: 1 },
])

/** Draws a QR code with qrencode and transforms it with ImageMagick. */
export function qrPicture(profile: Profile, text: string, name: string, ...operations: string[]): string {
  const file = path.join(profile.folder, name)
  execFileSync('qrencode', ['-o', `${file}.png`, text])
  execFileSync('convert', [`${file}.png`, ...operations, file])
  return file
}
