import { InputError } from './errors.ts'

/** The magic bytes of other file kinds, in Latin-1, and their names. */
const kinds: readonly (readonly [start: string, name: string])[] = [
  ['PK\x03\x04', 'a zip archive'],
  ['%PDF-', 'a PDF document'],
  ['SQLite format 3\0', 'a SQLite database'],
  ['\x1f\x8b', 'a gzip archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['\xd0\xcf\x11\xe0', 'an Office document'],
]

const AS_UTF8 = 'save it as UTF-8 (in Notepad: File, Save as, Encoding)'

/**
 * Decodes bytes that may hold a secret: UTF-8 with or without a byte order mark, or UTF-16, which Windows PowerShell 5
 * writes. Never guesses a letter, because a wrong password costs an attempt at the broker.
 * @param input the name of the input in the error, such as `env-file`
 * @throws InputError for `input` with the probable encoding and how to save the file again, without repeating a byte
 */
export function readText(bytes: Uint8Array, input: string): string {
  const encoding = encodingOf(bytes)
  const text = decoded(bytes, encoding)
  if (text !== null && !text.includes('\0')) return text
  throw new InputError({ [input]: decodingFault(bytes, encoding) })
}

/** Whether a text has the mark that stands for a letter which some program could not read. */
export const hasLostLetter = (text: string): boolean => text.includes('\uFFFD')

/** Why such a text is not taken for a secret, as the end of a sentence: it is not what the user meant. */
export const LOST_LETTER =
  'has “\uFFFD” in it, which stands for a letter that was lost on the way; type it again'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Detects the encoding by the byte order mark, or by zero bytes, which only UTF-16 has in plain English. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const isMost = (count: number, others: number): boolean => count > 4 * others && count >= bytes.length / 4
  if (isMost(odd, even)) return 'utf-16le'
  return isMost(even, odd) ? 'utf-16be' : 'utf-8'
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function decodingFault(bytes: Uint8Array, encoding: Encoding): string {
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  const kind = kinds.find(([known]) => start.startsWith(known))
  if (kind !== undefined) return `is ${kind[1]} and not a text`
  if (encoding !== 'utf-8') return `seems to be UTF-16 or UTF-32 and damaged; ${AS_UTF8}`
  if (bytes.some((byte) => byte < 9)) return 'is not a text'
  return (
    `is not UTF-8: line ${faultyLine(bytes)} has a letter in another encoding, such as the “ANSI” of older ` +
    `Windows programs; ${AS_UTF8}`
  )
}

/** Returns the 1-based number of the first line that is not UTF-8. */
function faultyLine(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline === -1 ? bytes.length : newline
    if (decoded(bytes.subarray(start, end), 'utf-8') === null) break
    start = end + 1
  }
  return line
}
