import { InputError } from '../core/errors.ts'
import type { ReadQrCodes } from '../core/ports.ts'
import { pictureSize } from './picture-size.ts'
import { unpacksTooLarge } from './png-bomb.ts'

/** Photos of most phones have 12 million. */
const MAX_PIXELS = 25_000_000
/** An export of Google Authenticator shows ten accounts a code, one code at a time. */
const MAX_CODES = 16

/** Reads QR codes from PNG and JPEG files, turned, tilted or in the middle of a screenshot. */
export const readQrCodes: ReadQrCodes = async (picture) => {
  const file = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  const size = pictureSize(file)
  if (size === null) throw wrong('is neither PNG nor JPEG; make a screenshot of it and save that as PNG')
  if (size.width * size.height > MAX_PIXELS) {
    throw wrong('has more than 25 million pixels; cut out the part with the QR code')
  }
  if (size.kind === 'png' && (await unpacksTooLarge(file, size))) throw wrong(DAMAGED)
  const codes = await decode(file)
  if (codes.length === 0) {
    throw wrong('has no QR code that can be read; take a sharp one with some white around the code')
  }
  return [...new Set(codes)]
}

const DAMAGED = 'is damaged or cut short; save it again'

async function decode(file: Buffer): Promise<string[]> {
  // Loaded when first used: it is five times larger than the rest of the app.
  const [zxing, { default: address }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url&inline'),
  ])
  // Without the binary at hand it would be fetched from a public server.
  const wasmBinary = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
  zxing.prepareZXingModule({ overrides: { wasmBinary } })
  try {
    const found = await zxing.readBarcodes(file, {
      formats: ['QRCode'],
      maxNumberOfSymbols: MAX_CODES,
      textMode: 'Plain',
    })
    if (found.some(({ isValid }) => !isValid)) throw wrong(DAMAGED)
    return found.map(({ text }) => text)
  } finally {
    // Its memory never shrinks, and holds the picture.
    zxing.purgeZXingModule()
  }
}

const wrong = (message: string): InputError => new InputError({ picture: message })
