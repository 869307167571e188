import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import * as z from 'zod/mini'
import { Secret } from '../core/secret.ts'

/**
 * The sealed keychain is text of four lines: a header in JSON, a check value, the items (names and values in JSON), and
 * the SHA-256 of the lines before. Later versions end with that SHA-256 too. Check value and items are each sealed with
 * AES-256-GCM (NIST SP 800-38D). The key is derived from the passphrase by scrypt (RFC 7914), and the header's bytes
 * are authenticated with both. Each file written has a new salt, so that no key sees a nonce twice.
 *
 * A wrong passphrase fails the check value; a failure after that means a changed file. The SHA-256 detects accidental
 * damage. An attacker can recompute it, but gains only the less exact of two errors.
 */
const FORMAT = 'tokentray-sealed-keychain'
const VERSION = 1
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const SALT_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CHECK = 'The passphrase is right.'

/** The cost parameters of scrypt (RFC 7914, section 2), which uses 128 · N · r bytes of memory. */
export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/**
 * 128 MiB and about half a second, the strongest that OWASP lists
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt).
 */
export const STRONG: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }

/** The most memory that a file may ask for, bytes. */
const MAX_MEMORY = 1024 ** 3

const Header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  cipher: z.literal(CIPHER),
  kdf: z.literal('scrypt'),
  N: z.int().check(z.minimum(2)),
  r: z.int().check(z.minimum(1)),
  p: z.int().check(z.minimum(1), z.maximum(16)),
  salt: z.string(),
  check_nonce: z.string(),
  items_nonce: z.string(),
})
const AnyVersion = z.object({ format: z.literal(FORMAT), version: z.int().check(z.minimum(VERSION + 1)) })
const Items = z.array(z.tuple([z.string(), z.string()]))

/** A file that is well-formed and still sealed. */
export interface Sealed {
  readonly cost: ScryptCost
  readonly salt: Buffer
  /** The first line's own bytes. */
  readonly header: string
  readonly check: { readonly nonce: Buffer; readonly sealed: Buffer }
  readonly items: { readonly nonce: Buffer; readonly sealed: Buffer }
}

/** Why a file can't be read with any passphrase. */
export type Unreadable = 'damaged' | 'newer'

/** Parses a file without its key, or says why no key can open it. */
export function parseSealed(text: string): Sealed | Unreadable {
  const lines = text.split('\n')
  const [sum, end] = lines.splice(-2)
  if (end !== '' || sum !== checksum(lines)) return 'damaged'
  const [header = '', check = '', items = '', ...more] = lines
  if (isNewer(header)) return 'newer'
  if (more.length > 0) return 'damaged'
  try {
    const { N, r, p, salt, check_nonce, items_nonce } = Header.parse(JSON.parse(header))
    if (!Number.isInteger(Math.log2(N)) || 128 * N * r > MAX_MEMORY) return 'damaged'
    return {
      cost: { N, r, p },
      salt: decodeBase64(salt, SALT_BYTES),
      header,
      check: { nonce: decodeBase64(check_nonce, NONCE_BYTES), sealed: decodeBase64(check) },
      items: { nonce: decodeBase64(items_nonce, NONCE_BYTES), sealed: decodeBase64(items) },
    }
  } catch {
    return 'damaged'
  }
}

/** Derives the key of a passphrase in Unicode's normal form C, because keyboards type accents differently. */
export function deriveKey(passphrase: Secret, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const typed = Buffer.from(passphrase.reveal().normalize('NFC'))
    scrypt(typed, salt, KEY_BYTES, { N, r, p, maxmem: 2 * MAX_MEMORY }, (error, key) => {
      typed.fill(0)
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** Returns a random salt for one file. */
export const newSalt = (): Buffer => randomBytes(SALT_BYTES)

/** Writes the items as the text of a file. */
export function seal(
  items: ReadonlyMap<string, Secret>,
  key: Buffer,
  salt: Buffer,
  cost: ScryptCost,
): string {
  const nonces = { check: randomBytes(NONCE_BYTES), items: randomBytes(NONCE_BYTES) }
  const header = JSON.stringify({
    ...{ format: FORMAT, version: VERSION, cipher: CIPHER, kdf: 'scrypt', ...cost },
    salt: salt.toString('base64'),
    check_nonce: nonces.check.toString('base64'),
    items_nonce: nonces.items.toString('base64'),
  } satisfies z.infer<typeof Header>)
  const revealed: z.infer<typeof Items> = [...items].map(([name, secret]) => [name, secret.reveal()])
  const lines = [
    header,
    encrypt(CHECK, key, nonces.check, associated('check', header)),
    encrypt(JSON.stringify(revealed), key, nonces.items, associated('items', header)),
  ]
  return `${[...lines, checksum(lines)].join('\n')}\n`
}

/** Opens the items of a file, or says why the key does not open it. */
export function unseal(
  { header, check, items }: Sealed,
  key: Buffer,
): Map<string, Secret> | 'wrong passphrase' | 'damaged' {
  if (decrypt(check.sealed, key, check.nonce, associated('check', header)) !== CHECK)
    return 'wrong passphrase'
  const text = decrypt(items.sealed, key, items.nonce, associated('items', header))
  if (text === null) return 'damaged'
  const read = Items.parse(JSON.parse(text))
  return new Map(read.map(([name, value]) => [name, new Secret(value)]))
}

/** Returns the data authenticated with a part, so that neither part can replace the other. */
const associated = (part: 'check' | 'items', header: string): Buffer => Buffer.from(`${part}\n${header}`)

function encrypt(text: string, key: Buffer, nonce: Buffer, aad: Buffer): string {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

/** Returns null when the authentication fails. */
function decrypt(sealed: Buffer, key: Buffer, nonce: Buffer, aad: Buffer): string | null {
  if (sealed.length < TAG_BYTES) return null
  const end = sealed.length - TAG_BYTES
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(aad)
    decipher.setAuthTag(sealed.subarray(end))
    const text = decipher.update(sealed.subarray(0, end))
    try {
      // GCM has no last block; this checks the tag.
      decipher.final()
      return text.toString('utf8')
    } finally {
      text.fill(0)
    }
  } catch {
    return null
  }
}

const checksum = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')

function isNewer(header: string): boolean {
  try {
    return AnyVersion.safeParse(JSON.parse(header)).success
  } catch {
    return false
  }
}

/** Decodes base64 strictly, because Node skips invalid characters. */
function decodeBase64(base64: string, length?: number): Buffer {
  const read = Buffer.from(base64, 'base64')
  if (read.toString('base64') !== base64) throw new TypeError('not base64')
  if (length !== undefined && read.length !== length) throw new TypeError('of another length')
  return read
}
