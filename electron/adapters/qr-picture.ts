import { InputError } from '../core/errors.ts'
import type { Clock, ReadQrCodes } from '../core/ports.ts'
import { pictureSize } from './picture-size.ts'
import { pixelsUnpack } from './png-bomb.ts'
import { findQrCodes } from './qr-worker.ts'

/** Photos of most phones have 12 million. */
const MAX_PIXELS = 25_000_000

/** Reads QR codes from PNG and JPEG files, turned, tilted or in the middle of a screenshot. */
export const qrCodeReader =
  (clock: Clock): ReadQrCodes =>
  async (picture) => {
    const file = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
    const size = pictureSize(file)
    if (size === null) throw wrong('is neither PNG nor JPEG; make a screenshot of it and save that as PNG')
    if (size.width * size.height > MAX_PIXELS) {
      throw wrong('has more than 25 million pixels; cut out the part with the QR code')
    }
    // Else the reader of pictures might find a size that has not been looked at.
    if (size.width * size.height === 0) throw wrong(DAMAGED)
    if (size.kind === 'png' && !(await pixelsUnpack(file, size))) throw wrong(DAMAGED)
    const codes = await decode(file, clock)
    if (codes.length === 0) {
      throw wrong('has no QR code that can be read; take a sharp one with some white around the code')
    }
    return [...new Set(codes)]
  }

const DAMAGED = 'is damaged or cut short; save it again'

async function decode(file: Buffer, clock: Clock): Promise<string[]> {
  const found = await findQrCodes(file, clock)
  if (found === null) throw wrong('takes too long to read; cut out the part with the QR code')
  if (found.some(({ isValid }) => !isValid)) throw wrong(DAMAGED)
  return found.map(({ text }) => text)
}

const wrong = (message: string): InputError => new InputError({ picture: message })
