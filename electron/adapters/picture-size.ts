/** Format and size by a picture file's header, read before any pixel is decoded. */
export interface PictureSize {
  readonly kind: 'png' | 'jpeg' | 'gif' | 'bmp'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const jpegStart = Buffer.from([0xff, 0xd8, 0xff])

/** Reads format and size of a PNG, JPEG, GIF or BMP; null for others. The size is 0 × 0 when the header is damaged. */
export function pictureSize(file: Buffer): PictureSize | null {
  if (file.subarray(0, pngStart.length).equals(pngStart)) return pngSize(file)
  if (file.subarray(0, jpegStart.length).equals(jpegStart)) return jpegSize(file)
  const start = file.toString('latin1', 0, 6)
  if (start === 'GIF87a' || start === 'GIF89a') return gifSize(file)
  if (start.startsWith('BM')) return bmpSize(file)
  return null
}

/** Names the format of a picture that can't be read here; null when it is not recognised. */
export function otherKind(file: Buffer): string | null {
  const start = file.toString('latin1', 0, 16)
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'WebP'
  if (start.startsWith('%PDF-')) return 'PDF'
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'TIFF'
  if (start.slice(4, 8) === 'jP  ') return 'JPEG 2000'
  // The box with the format's name: ISO/IEC 14496-12 §4.3, with the brands of ISO/IEC 23008-12 and of AVIF.
  if (start.slice(4, 8) !== 'ftyp') return null
  const brand = start.slice(8, 12)
  if (/^avi[fs]$/.test(brand)) return 'AVIF'
  return /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand) ? 'HEIC' : null
}

/** The first chunk has to be IHDR: https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(file: Buffer): PictureSize {
  // Apple's variant of PNG begins with another chunk, which the decoder accepts.
  const isWhole = file.length >= 24 && file.toString('latin1', 12, 16) === 'IHDR'
  if (!isWhole) return { kind: 'png', width: 0, height: 0 }
  return { kind: 'png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

/** Tables B.1 and B.2 of https://www.w3.org/Graphics/JPEG/itu-t81.pdf */
function jpegSize(file: Buffer): PictureSize {
  // Skips bytes between segments, because the decoder does.
  for (let at = file.indexOf(0xff, 2); at !== -1 && at + 9 <= file.length; at = file.indexOf(0xff, at)) {
    const marker = file.readUInt8(at + 1)
    if (isFrame(marker)) {
      return { kind: 'jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) }
    }
    // Any number of FF bytes may precede a marker.
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
  return { kind: 'jpeg', width: 0, height: 0 }
}

/** The logical screen, beyond which no frame may reach: https://www.w3.org/Graphics/GIF/spec-gif89a.txt, §18 */
function gifSize(file: Buffer): PictureSize {
  if (file.length < 13) return { kind: 'gif', width: 0, height: 0 }
  return { kind: 'gif', width: file.readUInt16LE(6), height: file.readUInt16LE(8) }
}

/** https://learn.microsoft.com/en-us/windows/win32/api/wingdi/ns-wingdi-bitmapinfoheader, and the older one of 12 bytes. */
function bmpSize(file: Buffer): PictureSize {
  if (file.length < 26) return { kind: 'bmp', width: 0, height: 0 }
  if (file.readUInt32LE(14) === 12) {
    return { kind: 'bmp', width: file.readUInt16LE(18), height: file.readUInt16LE(20) }
  }
  // A negative height means that the rows begin at the top.
  return { kind: 'bmp', width: Math.max(0, file.readInt32LE(18)), height: Math.abs(file.readInt32LE(22)) }
}

/** Leaves out C4, C8 and CC, which lie among the frame markers and mean other things. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
