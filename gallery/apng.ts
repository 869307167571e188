import { crc32 } from 'node:zlib'
import { sharedPalette, writePng, type Bitmap } from './png.ts'

/** A picture of a moving one, and how long it is shown, ms. */
export interface Frame {
  readonly picture: Bitmap
  readonly ms: number
}

const SIGNATURE_LENGTH = 8

/** Encodes pictures of one size as an animated PNG that repeats for ever. All share one palette, as the format wants. */
export function writeApng(frames: readonly Frame[]): Uint8Array {
  const pictures = frames.map(({ picture }) => picture)
  const palette = sharedPalette(pictures)
  const files = pictures.map((picture) => Buffer.from(writePng(picture, palette)))
  const [first] = files
  if (first === undefined) throw new Error('A moving picture has at least one frame.')
  const header = dataOf(first, 'IHDR')
  let sequence = 0
  const body = files.flatMap((file, index) => {
    if (!dataOf(file, 'IHDR').equals(header)) throw new Error('The pictures differ in size.')
    const control = chunk('fcTL', uint32(sequence++), ...frameControl(header, frames[index]?.ms ?? 0))
    const data = dataOf(file, 'IDAT')
    return [control, index === 0 ? chunk('IDAT', data) : chunk('fdAT', uint32(sequence++), data)]
  })
  return Buffer.concat([
    first.subarray(0, SIGNATURE_LENGTH),
    chunk('IHDR', header),
    chunk('acTL', uint32(frames.length), uint32(0)),
    chunk('PLTE', dataOf(first, 'PLTE')),
    ...body,
    chunk('IEND'),
  ])
}

/** Returns the size, place and time of a frame that replaces the whole picture. */
const frameControl = (header: Buffer, ms: number): Buffer[] => [
  header.subarray(0, 8),
  ...[0, 0].map(uint32),
  ...[ms, 1000].map(uint16),
  Buffer.from([0, 0]),
]

/** Returns the data of all chunks of a type. */
function dataOf(file: Buffer, type: string): Buffer {
  const found: Buffer[] = []
  for (let at = SIGNATURE_LENGTH; at < file.length; at += file.readUInt32BE(at) + 12) {
    const data = file.subarray(at + 8, at + 8 + file.readUInt32BE(at))
    if (file.toString('latin1', at + 4, at + 8) === type) found.push(data)
  }
  return Buffer.concat(found)
}

function chunk(type: string, ...data: readonly Buffer[]): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), ...data])
  return Buffer.concat([uint32(named.length - 4), named, uint32(crc32(named))])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
