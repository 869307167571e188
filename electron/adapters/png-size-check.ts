import { createInflate } from 'node:zlib'
import type { PictureSize } from './picture-size.ts'

/** Four channels of two bytes each. */
const MAX_BYTES_PER_PIXEL = 8

/**
 * Whether a PNG's pixels unpack, and to no more than a picture of its size can have: a megabyte of them may unpack
 * to a gigabyte, and the reader of pictures would take the memory for it.
 */
export async function pixelsUnpack(file: Buffer, { width, height }: PictureSize): Promise<boolean> {
  // Each row has a byte in front; interlaced, there are nearly twice as many rows.
  const limit = width * height * MAX_BYTES_PER_PIXEL + 2 * height + 16
  const inflate = createInflate()
  // In one piece: a file can have a million empty chunks, and each write is a task of its own.
  inflate.end(Buffer.concat([...pixelData(file)]))
  let size = 0
  try {
    for await (const chunk of inflate) {
      size += Buffer.isBuffer(chunk) ? chunk.length : 0
      if (size > limit) return false
    }
  } catch {
    // The reader of pictures is less strict: it would go on unpacking where this has stopped.
    return false
  }
  return true
}

/** What the chunks of pixels hold: https://www.w3.org/TR/png-3/#5Chunk-layout */
function* pixelData(file: Buffer): Generator<Buffer> {
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    if (type === 'IEND') return
    if (type === 'IDAT') yield file.subarray(at + 8, at + 8 + length)
    at += 12 + length
  }
}
