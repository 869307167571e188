import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { bytesOfBase64 } from '../../bytes.ts'
import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { totpSecretOfBytes } from '../../totp/generate.ts'
import {
  nameOf,
  NOT_STANDARD,
  NOT_TIME_BASED,
  readName,
  type FoundSecret,
  type LeftOut,
} from './found-secret.ts'

/** The content of a QR code in an export of Google Authenticator. */
export interface Migration {
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** The number of this QR code, counted from 1, because a large export has several. */
  readonly part: { readonly number: number; readonly of: number }
}

/**
 * Returns the TOTP secrets in an `otpauth-migration://` address, the content of the QR codes of Google Authenticator's
 * "Transfer accounts". The message in it is described by third parties:
 * https://github.com/beemdevelopment/Aegis/blob/master/app/src/main/proto/google_auth.proto
 * @throws InputError for `otpauth-migration`, which repeats nothing of the address
 */
export function parseMigration(text: string): Migration {
  return readPayload(payloadOf(text.trim()))
}

const DAMAGED = 'is damaged or cut short; copy the whole address, or make the export again'

function payloadOf(address: string): Uint8Array {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'otpauth-migration:') throw wrong('is not an otpauth-migration:// address')
  // A `+` that was not encoded as %2B has become a space, and some programs write URL-safe base64.
  const data = (url.searchParams.get('data') ?? '')
    .replace(/ /g, '+')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/={1,2}$/, '')
  if (data === '') throw wrong('has no accounts in it; copy the whole address')
  if (!/^[A-Za-z0-9+/]+$/.test(data) || data.length % 4 === 1) throw wrong(DAMAGED)
  return bytesOfBase64(data)
}

function readPayload(payload: Uint8Array): Migration {
  const secrets: FoundSecret[] = []
  const leftOut: LeftOut[] = []
  let of = 1
  let index = 0
  for (const [number, value] of fieldsOf(payload)) {
    if (number === 1) {
      const entry = readEntry(value)
      if ('secret' in entry) secrets.push(entry)
      else leftOut.push(entry)
    }
    if (number === 3) of = asNumber(value)
    if (number === 4) index = asNumber(value)
  }
  if (secrets.length + leftOut.length === 0) throw wrong('has no accounts in it')
  return { secrets, leftOut, part: { number: index + 1, of: Math.max(of, index + 1) } }
}

/** The message's numbers for standard codes; 0 means unspecified. */
const sha1 = [0, 1]
const sixDigits = [0, 1]
const totp = [0, 2]

function readEntry(message: number | Uint8Array): FoundSecret | LeftOut {
  const fields = new Map(fieldsOf(asBytes(message)))
  const numberAt = (field: number): number => asNumber(fields.get(field) ?? 0)
  const bytesAt = (field: number): Uint8Array => asBytes(fields.get(field) ?? new Uint8Array())

  const name = readName(asText(bytesAt(2)), asText(bytesAt(3)))
  const leaveOut = (why: string): LeftOut => ({ name: nameOf(name), why })
  if (!totp.includes(numberAt(6))) return leaveOut(NOT_TIME_BASED)
  if (!sha1.includes(numberAt(4)) || !sixDigits.includes(numberAt(5))) return leaveOut(NOT_STANDARD)
  try {
    return { ...name, secret: new Secret(totpSecretOfBytes(bytesAt(1))) }
  } catch (error) {
    if (error instanceof TypeError) return leaveOut(`has a secret that ${error.message}`)
    throw error
  }
}

/** Returns the fields of a protobuf message in order, without fixed-width fields, which are not needed. */
function fieldsOf(message: Uint8Array): [number: number, value: number | Uint8Array][] {
  const fields: [number, number | Uint8Array][] = []
  const reader = new BinaryReader(message)
  try {
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag()
      if (type === WireType.Varint) fields.push([number, reader.int32()])
      else if (type === WireType.LengthDelimited) fields.push([number, reader.bytes()])
      else if (type === WireType.Bit32 || type === WireType.Bit64) reader.skip(type)
      else throw wrong(DAMAGED)
    }
  } catch {
    throw wrong(DAMAGED)
  }
  return fields
}

function asNumber(value: number | Uint8Array): number {
  if (typeof value === 'number') return value
  throw wrong(DAMAGED)
}

function asBytes(value: number | Uint8Array): Uint8Array {
  if (typeof value !== 'number') return value
  throw wrong(DAMAGED)
}

/** Decodes a name leniently, because it is only shown. */
const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const wrong = (message: string): InputError => new InputError({ 'otpauth-migration': message })
