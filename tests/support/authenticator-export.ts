/** An account in an authenticator app; an undefined field is left out of the export. */
export interface ExportedAccount {
  readonly secret: Uint8Array
  readonly name?: string
  readonly issuer?: string
  /** 1: SHA-1, 2: SHA-256, 3: SHA-512, 4: MD5 */
  readonly algorithm?: number
  /** 1: six digits, 2: eight digits */
  readonly digits?: number
  /** 1: HOTP, 2: TOTP */
  readonly type?: number
  readonly counter?: number
}

export interface Batch {
  readonly size: number
  /** Starts at 0. */
  readonly index: number
}

/** Returns the address in a QR code of Google Authenticator's "Transfer accounts". */
export function exportAddress(accounts: readonly ExportedAccount[], batch?: Batch): string {
  return addressOf(exportMessage(accounts, batch))
}

export function addressOf(message: Uint8Array): string {
  const base64 = Buffer.from(message).toString('base64')
  return `otpauth-migration://offline?data=${encodeURIComponent(base64)}`
}

/** Returns the protobuf message of the address. */
export function exportMessage(accounts: readonly ExportedAccount[], batch?: Batch): Uint8Array {
  return Buffer.concat([
    ...accounts.map((account) => bytes(1, accountMessage(account))),
    number(2, 1),
    number(3, batch?.size ?? 1),
    number(4, batch?.index ?? 0),
    // A negative number in ten bytes, as the app writes 64-bit values.
    Buffer.from([...tag(5, 0), 0xeb, 0xe0, 0x92, 0x8a, 0xfb, 0xff, 0xff, 0xff, 0xff, 0x01]),
  ])
}

function accountMessage(account: ExportedAccount): Uint8Array {
  const { secret, name, issuer, algorithm, digits, type, counter } = account
  return Buffer.concat([
    bytes(1, secret),
    ...(name === undefined ? [] : [bytes(2, Buffer.from(name))]),
    ...(issuer === undefined ? [] : [bytes(3, Buffer.from(issuer))]),
    ...[algorithm, digits, type, counter].flatMap((value, index) =>
      value === undefined ? [] : [number(4 + index, value)],
    ),
  ])
}

const number = (field: number, value: number): Buffer => Buffer.from([...tag(field, 0), ...varint(value)])

const bytes = (field: number, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([...tag(field, 2), ...varint(value.length)]), value])

const tag = (field: number, wireType: number): number[] => varint(field * 8 + wireType)

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
