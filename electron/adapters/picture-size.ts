/** What the head of a picture file says, before anything of it is unpacked. */
export interface PictureSize {
  readonly kind: 'png' | 'jpeg'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const jpegStart = Buffer.from([0xff, 0xd8, 0xff])

/** Null when the file is no PNG or JPEG picture; its size is 0 × 0 when the head is damaged or cut short. */
export function pictureSize(file: Buffer): PictureSize | null {
  if (file.subarray(0, pngStart.length).equals(pngStart)) return pngSize(file)
  if (file.subarray(0, jpegStart.length).equals(jpegStart)) return jpegSize(file)
  return null
}

/** The first chunk has to be IHDR: https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(file: Buffer): PictureSize {
  // Apple's own kind of PNG begins with another chunk, and the reader of pictures takes it.
  const isWhole = file.length >= 24 && file.toString('latin1', 12, 16) === 'IHDR'
  if (!isWhole) return { kind: 'png', width: 0, height: 0 }
  return { kind: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** Tables B.1 and B.2 of https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
function jpegSize(file: Buffer): PictureSize {
  // The reader of pictures skips whatever lies between two segments, so this has to.
  for (let at = file.indexOf(0xff, 2); at !== -1 && at + 9 <= file.length; at = file.indexOf(0xff, at)) {
    const marker = file.readUInt8(at + 1)
    if (isFrame(marker)) {
      return { kind: 'jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) }
    }
    // Any number of FF bytes may stand before a marker.
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
  return { kind: 'jpeg', width: 0, height: 0 }
}

/** C4, C8 and CC lie among the frames' markers and are none. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
