import { createInflate } from 'node:zlib'
import type { PictureSize } from './picture-size.ts'

/** Four channels of two bytes each. */
const MAX_BYTES_PER_PIXEL = 8

/**
 * Tells whether a PNG's pixels inflate, and to no more than its size can have. A megabyte may inflate to a gigabyte,
 * for which the decoder would take the memory.
 */
export async function pixelsUnpack(file: Buffer, { width, height }: PictureSize): Promise<boolean> {
  // Each row begins with a filter byte; an interlaced picture has nearly twice as many rows.
  const limit = width * height * MAX_BYTES_PER_PIXEL + 2 * height + 16
  const inflate = createInflate()
  // In one write, because a file can have a million empty chunks and each write is a task.
  inflate.end(Buffer.concat([...pixelData(file)]))
  let size = 0
  try {
    for await (const chunk of inflate) {
      size += Buffer.isBuffer(chunk) ? chunk.length : 0
      if (size > limit) return false
    }
  } catch {
    // The decoder is less strict and would go on where zlib has stopped.
    return false
  }
  return true
}

/** Yields the contents of the pixel chunks: https://www.w3.org/TR/png-3/#5Chunk-layout */
function* pixelData(file: Buffer): Generator<Buffer> {
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    if (type === 'IEND') return
    if (type === 'IDAT') yield file.subarray(at + 8, at + 8 + length)
    at += 12 + length
  }
}
