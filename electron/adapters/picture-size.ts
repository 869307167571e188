/** What the head of a picture file says, before anything of it is unpacked. */
export interface PictureSize {
  readonly kind: 'png' | 'jpeg'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const jpegStart = Buffer.from([0xff, 0xd8, 0xff])

/** Null when the file is no PNG or JPEG picture; its size is 0 × 0 when the head is cut short. */
export function pictureSize(file: Buffer): PictureSize | null {
  if (file.subarray(0, pngStart.length).equals(pngStart)) return pngSize(file)
  if (file.subarray(0, jpegStart.length).equals(jpegStart)) return jpegSize(file)
  return null
}

/** The first chunk has to be IHDR: https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(file: Buffer): PictureSize {
  if (file.length < 24) return { kind: 'png', width: 0, height: 0 }
  return { kind: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** Tables B.1 and B.2 of https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
function jpegSize(file: Buffer): PictureSize {
  let at = 2
  while (at + 9 <= file.length && file[at] === 0xff) {
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
