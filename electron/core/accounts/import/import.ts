import type { Broker } from '../../brokers/broker.ts'
import { InputError } from '../../errors.ts'
import type { ReadQrCodes } from '../../ports.ts'
import { readText } from '../../text.ts'
import { readAssignments } from '../env/expand.ts'
import { looksLikeName } from '../env/names.ts'
import { previewEnvFor, unusedWords, type EnvPreview } from '../env/preview.ts'
import { readSecrets, type FoundSecrets } from './secrets-in-text.ts'

/** The fields in a `.env` file. */
export interface FoundEnvFile {
  readonly kind: 'env-file'
  /** At least one. */
  readonly fits: readonly EnvPreview[]
}

export type Imported = FoundSecrets | FoundEnvFile

/** The largest imported file, bytes; screenshots and phone photos are smaller. */
export const MAX_IMPORT_BYTES = 10_000_000

/** The longest imported text, characters; an export of a thousand accounts is shorter. */
const MAX_TEXT = 1_000_000

/**
 * Reads a file by its content, not its name: a picture or text with `otpauth://` or `otpauth-migration://` addresses, a
 * printed TOTP secret, or a `.env` file.
 * @throws InputError for the detected kind, or for `import` when the kind is unknown
 */
export async function readImport(
  file: Uint8Array,
  brokers: Iterable<Broker>,
  readQrCodes: ReadQrCodes,
): Promise<Imported> {
  if (file.length > MAX_IMPORT_BYTES)
    throw new InputError({
      import: 'stopped: the file is larger than 10 MB; of a photo, cut out the part with the QR code',
    })
  if (isPicture(file)) return readPicture(file, readQrCodes)
  const text = readText(file, 'file')
  if (text.length > MAX_TEXT) throw new InputError({ import: 'stopped: the text is longer than any export' })
  // An address at the start of a line does not come from a `.env` file.
  const fits = /^[^\S\n]*otpauth/im.test(text) ? [] : previewEnvFor(text, brokers)
  if (fits.length > 0) return { kind: 'env-file', fits }
  const secrets = readSecrets(text)
  if (secrets !== null) return secrets
  const why = pictureAsText(text)
  if (why !== null) throw new InputError({ picture: why })
  if (text.includes('-----BEGIN PGP MESSAGE-----'))
    throw new InputError({ import: 'can’t open an encrypted export; export again without encryption' })
  throw new InputError({
    import:
      'found neither an otpauth:// or otpauth-migration:// address, nor a TOTP secret, nor a name such as ' +
      `KITE_TOTP_SECRET that a broker’s .env file has${othersIn(text)}`,
  })
}

/** Returns a sentence that lists the unknown names in the file. */
function othersIn(text: string): string {
  const names = [...readAssignments(text).keys()].filter(looksLikeName)
  if (names.length === 0) return ''
  const words = unusedWords(names.map((name) => ({ name, meant: null })))
  return `. It has ${words}, which are not known here; “tokentray account add --help” lists those that are`
}

/** The magic bytes of pictures, in Latin-1: PNG, JPEG, GIF, WebP, BMP, HEIC and AVIF, TIFF, JPEG 2000. */
const pictureStart =
  /^(?:\x89PNG|\xff\xd8|GIF8|RIFF[^]{4}WEBP|BM[^]{4}\0{4}|[^]{4}ftyp|II\*\0|MM\0\*|\0{3}\x0cjP)/

/** Returns whether a file is a picture, readable or not. */
export const isPicture = (file: Uint8Array): boolean =>
  pictureStart.test(String.fromCharCode(...file.subarray(0, 16)))

/** Returns why a picture in text form can't be read; null for any other text. */
function pictureAsText(text: string): string | null {
  if (/^\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(text) && /<svg[\s>]/i.test(text))
    return 'is an SVG drawing; open it in a browser, make a screenshot of it and save that as PNG'
  if (/data:image\/[\w.+-]{1,40};base64,/i.test(text))
    return 'is written as text, in a data: address; open it in a browser, make a screenshot and save that as PNG'
  return null
}

/**
 * Returns the TOTP secrets in the QR codes of a picture.
 * @throws InputError for a picture without TOTP secrets
 */
export async function readPicture(picture: Uint8Array, readQrCodes: ReadQrCodes): Promise<FoundSecrets> {
  const found = readSecrets((await readQrCodes(picture)).join('\n'))
  if (found !== null) return found
  throw new InputError({
    picture: 'has a QR code in it, but not that of a TOTP secret or of an authenticator app’s export',
  })
}
