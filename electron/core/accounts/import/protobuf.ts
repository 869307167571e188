/** A field of a protobuf message: its number, and a number or the bytes of a string or another message. */
export interface WireField {
  readonly number: number
  readonly value: number | Uint8Array
}

/** The longest number, 64 bits in groups of seven. */
const MAX_VARINT_BYTES = 10

/**
 * The fields of a protobuf message in their order, without those of a fixed width, which nothing here needs
 * (https://protobuf.dev/programming-guides/encoding/). Numbers past 2^53 are not exact.
 * @throws RangeError when it is cut short or no such message
 */
export function* readFields(message: Uint8Array): Generator<WireField> {
  const reader = new Reader(message)
  while (!reader.isAtEnd) {
    const tag = reader.varint()
    const number = Math.floor(tag / 8)
    if (number === 0) throw new RangeError('field number 0')
    switch (tag % 8) {
      case 0:
        yield { number, value: reader.varint() }
        break
      case 1:
        reader.bytes(8)
        break
      case 2:
        yield { number, value: reader.bytes(reader.varint()) }
        break
      case 5:
        reader.bytes(4)
        break
      default:
        throw new RangeError('unknown wire type')
    }
  }
}

class Reader {
  readonly #message: Uint8Array
  #at = 0

  constructor(message: Uint8Array) {
    this.#message = message
  }

  get isAtEnd(): boolean {
    return this.#at === this.#message.length
  }

  varint(): number {
    let value = 0
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      const byte = this.#message[this.#at++]
      if (byte === undefined) throw new RangeError('cut short')
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) return value
    }
    throw new RangeError('endless number')
  }

  bytes(length: number): Uint8Array {
    if (length > this.#message.length - this.#at) throw new RangeError('cut short')
    const start = this.#at
    this.#at += length
    return this.#message.subarray(start, this.#at)
  }
}
