/** A D-Bus message, by what is used of its header; empty or 0 where it has none. */
export interface Message {
  readonly type: number
  readonly interface: string
  readonly member: string
  /** The name of the error that an error reply tells of. */
  readonly error: string
  /** The serial number of the call that a reply answers. */
  readonly replyTo: number
  /** The bytes of its arguments. */
  readonly body: Buffer
  /** The order of the bytes of its numbers. */
  readonly isLittle: boolean
}

/** An argument of a call: a text, or a dictionary of texts. */
export type Argument = string | Readonly<Record<string, string>>

export interface Receiver {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
}

/** Numbers of https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages. */
const METHOD_CALL = 1
export const METHOD_RETURN = 2
export const SIGNAL = 4
const NO_FLAGS = 0
const VERSION = 1
const FIELDS = {
  path: 1,
  interface: 2,
  member: 3,
  error: 4,
  replyTo: 5,
  destination: 6,
  signature: 8,
} as const
const FIXED_LENGTH = 16

/** Longer than any message that is expected here; a longer one ends the connection, bytes. */
const MAX_LENGTH = 1_000_000

/** Returns where what is aligned to `to` bytes begins, behind `length` bytes. */
export const padded = (length: number, to: number): number => Math.ceil(length / to) * to

/** Encodes a method call. */
export function methodCall(serial: number, to: Receiver, args: readonly Argument[]): Buffer {
  const body = new Writer()
  let types = ''
  for (const arg of args) {
    if (typeof arg === 'string') body.text(arg)
    else body.dictionary(arg)
    types += typeof arg === 'string' ? 's' : 'a{ss}'
  }
  const fields = new Writer()
  for (const name of ['path', 'interface', 'member', 'destination'] as const) {
    fields
      .pad(8)
      .byte(FIELDS[name])
      .signature(name === 'path' ? 'o' : 's')
      .text(to[name])
  }
  if (types !== '') fields.pad(8).byte(FIELDS.signature).signature('g').signature(types)
  const head = new Writer()
  head.byte('l'.charCodeAt(0)).byte(METHOD_CALL).byte(NO_FLAGS).byte(VERSION)
  head.number(body.bytes.length).number(serial).number(fields.bytes.length)
  return Buffer.concat([head.bytes, fields.bytes, Buffer.alloc(fields.padding(8)), body.bytes])
}

/** Writes D-Bus types in little-endian order, each aligned as its type requires. */
class Writer {
  readonly #bytes: number[] = []

  get bytes(): Buffer {
    return Buffer.from(this.#bytes)
  }

  padding(to: number): number {
    return padded(this.#bytes.length, to) - this.#bytes.length
  }

  pad(to: number): this {
    this.#bytes.push(...Buffer.alloc(this.padding(to)))
    return this
  }

  byte(value: number): this {
    this.#bytes.push(value)
    return this
  }

  number(value: number): this {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.pad(4).#bytes.push(...bytes)
    return this
  }

  text(value: string): this {
    const bytes = Buffer.from(value)
    this.number(bytes.length).#bytes.push(...bytes, 0)
    return this
  }

  /** Its length is that of its entries, without the bytes that align the first. */
  dictionary(entries: Readonly<Record<string, string>>): this {
    const inner = new Writer()
    for (const [key, value] of Object.entries(entries)) inner.pad(8).text(key).text(value)
    this.number(inner.bytes.length)
      .pad(8)
      .#bytes.push(...inner.bytes)
    return this
  }

  signature(value: string): this {
    this.#bytes.push(value.length, ...Buffer.from(value), 0)
    return this
  }
}

/** Returns the number at `at` in a message's arguments, or its boolean as 0 or 1; 0 past their end. */
export const numberAt = ({ body, isLittle }: Message, at: number): number => numberIn(body, isLittle, at)

function numberIn(bytes: Buffer, isLittle: boolean, at: number): number {
  if (at + 4 > bytes.length) return 0
  return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}

/** Finds the messages in the byte stream of a bus, wherever its chunks are cut. */
export class MessageReader {
  readonly #onMessage: (message: Message) => void
  readonly #onInvalid: () => void
  #bytes = Buffer.alloc(0)

  /** @param onInvalid called for bytes that can't be D-Bus */
  constructor(onMessage: (message: Message) => void, onInvalid: () => void) {
    this.#onMessage = onMessage
    this.#onInvalid = onInvalid
  }

  take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    while (this.#bytes.length >= FIXED_LENGTH) {
      const isLittle = this.#bytes[0] === 'l'.charCodeAt(0)
      const fieldsEnd = FIXED_LENGTH + numberIn(this.#bytes, isLittle, 12)
      const bodyStart = padded(fieldsEnd, 8)
      const end = bodyStart + numberIn(this.#bytes, isLittle, 4)
      if (end > MAX_LENGTH) {
        this.#bytes = Buffer.alloc(0)
        this.#onInvalid()
        return
      }
      if (this.#bytes.length < end) return
      const message = this.#bytes.subarray(0, end)
      this.#bytes = this.#bytes.subarray(end)
      this.#onMessage({
        ...{ type: message[1] ?? 0, body: message.subarray(bodyStart), isLittle },
        ...fieldsIn(message, fieldsEnd, isLittle),
      })
    }
  }
}

/** Reads a message's header fields. */
function fieldsIn(
  message: Buffer,
  end: number,
  isLittle: boolean,
): Omit<Message, 'type' | 'body' | 'isLittle'> {
  const fields = { interface: '', member: '', error: '', replyTo: 0 }
  let at = FIXED_LENGTH
  while (at < end) {
    at = padded(at, 8)
    const [code, , type] = message.subarray(at, at + 3)
    // One byte of code, then a signature of one letter: its length, the letter, a zero.
    at += 4
    if (type === 'g'.charCodeAt(0)) {
      at += 2 + (message[at] ?? 0)
    } else if (type === 'u'.charCodeAt(0)) {
      if (code === FIELDS.replyTo) fields.replyTo = numberIn(message, isLittle, at)
      at += 4
    } else {
      const length = numberIn(message, isLittle, at)
      const text = message.toString('utf8', at + 4, at + 4 + length)
      for (const name of ['interface', 'member', 'error'] as const) {
        if (code === FIELDS[name]) fields[name] = text
      }
      at += 4 + length + 1
    }
  }
  return fields
}
