import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { build } from 'vite'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { eventually } from '../../tests/support/eventually.ts'
import { hasProgram } from '../../tests/support/has-program.ts'
import { inputErrors } from '../../tests/support/failure.ts'
import { systemClock } from './clock.ts'
import { forkedQrReader } from './qr-fork.ts'
import { qrCodeReader } from './qr-picture.ts'

const address = 'otpauth://totp/Zerodha:AB1234?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Zerodha'
const folder = mkdtempSync(path.join(tmpdir(), 'tokentray-qr-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'qr-reader.ts'),
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'qr-reader.mjs' } },
    },
  })
})

let made = 0
const newFile = (extension: string): string => path.join(folder, `${++made}.${extension}`)

/** The programs that draw; where they are missing nothing is drawn, and what needs drawings is not run. */
const canDraw = hasProgram('qrencode') && hasProgram('convert')

/** A QR code drawn by qrencode, as a PNG file's path. */
function drawn(text: string, ...options: string[]): string {
  const file = newFile('png')
  if (!canDraw) return file
  execFileSync('qrencode', ['-o', file, ...options, text])
  return file
}

/** A picture that ImageMagick makes of others. */
function changed(pictures: string | readonly string[], extension: string, ...operations: string[]): string {
  const file = newFile(extension)
  if (!canDraw) return file
  execFileSync('convert', [...[pictures].flat(), ...operations, file])
  return file
}

const ask = forkedQrReader(path.join(folder, 'qr-reader.mjs'))
const readQrCodes = qrCodeReader(systemClock, ask)
const read = (file: string) => readQrCodes(readFileSync(file))
/** How many processes of ours read a picture at this moment. */
const readers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length
const refusal = async (picture: Uint8Array) => (await inputErrors(() => readQrCodes(picture)))['picture']

test('a QR code is read, also where no program can draw another', async () => {
  const drawnBefore = [
    'iVBORw0KGgoAAAANSUhEUgAAAHsAAAB7AQMAAABuCW08AAAABlBMVEUAAAD///+l2Z/dAAAAAnRSTlP//8i138cAAAAJcEhZ',
    'cwAACxIAAAsSAdLdfvwAAAFwSURBVEiJ1dW7bcQwDAZgGizU2QsI0BrqtJK9gB8L2Cup0xoCtIDcqRDMUMgFuaQ4M0UQRHBx',
    '+A4+/UeRNtC3Bf8ZMsAMSCV2HjoZnFRHBUMwZ+DPMvB6tnog6AJMYpgoXcrQT2AGvr786A1wUpsOD8tT9NfA9ZiCbtdngW6g',
    'rULk8Xw6hteQQYOj1ZmLN5cBBVqtya6Ci50M+M/NLi5cyACDEAruDnoVOzmE2lvibUeLJINL0WX1VHjnOMkgQ+S7d/7G1kEG',
    '5M0KevDMcZFB6yDHTVdHZ0gKmFvTIUfeZECFR6G2Ji2PpPcQcFXcp1z1usiAywCWrfYODxlkh1uBWaUtvCe9h9PXqZjWp8oc',
    'Qgh4ckyKo9KdEIrubeKkI5hNBryy4/px++ApA57sUVFWZguPetwCD9BC/LDBjfQgBJ42n1arOekhhhFg8ClbPH8AmFVcQiIh',
    'EB8U7grmj2m4hVYPl/Z2SumQwa+85/4E3gDpHDtRl8fH2wAAAABJRU5ErkJggg==',
  ]
  const read = await readQrCodes(Buffer.from(drawnBefore.join(''), 'base64'))
  expect(read).toEqual([address])
})

describe.runIf(canDraw)('a QR code is read from a picture', () => {
  const plain = drawn(address)
  test.each([
    ['as qrencode draws it', plain],
    ['a pixel a module', drawn(address, '-s', '1')],
    ['without a border', drawn(address, '-m', '0', '-s', '6')],
    ['of 13 million pixels', drawn(address, '-s', '70')],
    ['in full colour', changed(plain, 'png', '-type', 'TrueColorMatte', '-depth', '16')],
    ['interlaced', changed(plain, 'png', '-interlace', 'PNG')],
    ['with nothing where the white was', changed(plain, 'png', '-transparent', 'white')],
    ['white on black', changed(plain, 'png', '-negate')],
    ['turned a little', changed(plain, 'png', '-rotate', '17')],
    ['on its side, as JPEG', changed(plain, 'jpg', '-rotate', '90', '-quality', '60')],
    ['as GIF', changed(plain, 'gif')],
    [
      'as the first picture of several in a GIF',
      changed([plain, changed([], 'png', '-size', '90x90', 'xc:white')], 'gif'),
    ],
    ['as BMP', changed(plain, 'bmp')],
    ['as BMP of an older kind', changed(plain, 'bmp', '-define', 'bmp:format=bmp3')],
    ['progressive JPEG', changed(plain, 'jpg', '-interlace', 'JPEG', '-quality', '40')],
    ['in print colours', changed(plain, 'jpg', '-colorspace', 'CMYK')],
    [
      'in the middle of a screenshot',
      changed(plain, 'png', '-gravity', 'center', '-background', 'gray50', '-extent', '1920x1080'),
    ],
    [
      'photographed from the side',
      changed(
        plain,
        'jpg',
        ...['-resize', '400%', '-virtual-pixel', 'white', '-distort', 'Perspective'],
        ...['0,0 40,60 500,0 450,0 0,500 0,500 500,500 480,450', '-blur', '0x2', '-quality', '70'],
      ),
    ],
  ])('%s', async (_how, file) => {
    expect(await read(file)).toEqual([address])
  })

  test('with a text beyond ASCII', async () => {
    const hindi = 'otpauth://totp/ज़ेरोधा:₹?secret=JBSWY3DPEHPK3PXP'
    expect(await read(drawn(hindi))).toEqual([hindi])
  })

  test('as large as a QR code gets', async () => {
    const long = `otpauth-migration://offline?data=${'Ab9%2B'.repeat(480)}`
    expect(await read(drawn(long, '-l', 'L'))).toEqual([long])
  })

  test('with others beside it, each once', async () => {
    const side = changed(
      [plain, plain, drawn('https://kite.zerodha.com')],
      'png',
      '-gravity',
      'center',
      '+append',
    )
    expect([...(await read(side))].sort()).toEqual(['https://kite.zerodha.com', address])
  })

  test('without asking anybody on the network for anything', async () => {
    const [preload, marker] = [path.join(folder, 'preload.cjs'), path.join(folder, 'marker')]
    const mark = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`
    writeFileSync(preload, `require('node:net').Socket.prototype.connect = () => { ${mark} }`)
    vi.stubEnv('NODE_OPTIONS', `--require ${preload}`)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    expect(await read(plain)).toEqual([address])
    expect(existsSync(marker)).toBe(false)
  })

  test('time and again, and several at once', async () => {
    const all = await Promise.all([plain, plain, plain].map(read))
    expect(all).toEqual([[address], [address], [address]])
    expect(await read(plain)).toEqual([address])
    await eventually(readers).toBe(0)
  })
})

describe.runIf(canDraw)('a picture is refused with a sentence that helps', () => {
  test('without a QR code', async () => {
    const landscape = changed([], 'jpg', '-seed', '7', '-size', '640x480', 'plasma:')
    expect(await refusal(readFileSync(landscape))).toMatch(/no QR code/)
  })

  test('with a blank page', async () => {
    expect(await refusal(readFileSync(changed([], 'png', '-size', '20x20', 'xc:white')))).toMatch(
      /no QR code/,
    )
  })

  test('of another kind', async () => {
    const plain = drawn(address)
    for (const [kind, called] of Object.entries({ webp: 'is WebP', tiff: 'is TIFF', ppm: 'is neither' })) {
      const said = await refusal(readFileSync(changed(plain, kind)))
      expect(said).toMatch(/is neither PNG nor JPEG; make a screenshot of it and save that as PNG$/)
      expect(said).toContain(called)
    }
    const starts = { heic: 'is HEIC', mif1: 'is HEIC', avif: 'is AVIF', isom: 'is neither' }
    for (const [brand, called] of Object.entries(starts)) {
      const file = Buffer.concat([
        Buffer.from([0, 0, 0, 24]),
        Buffer.from(`ftyp${brand}\0\0\0\0mif1${brand}`),
      ])
      expect(await refusal(file)).toContain(called)
      expect(await refusal(file)).toMatch(
        /is neither PNG nor JPEG; make a screenshot of it and save that as PNG$/,
      )
    }
    expect(await refusal(Buffer.from('%PDF-1.7\n'))).toContain('is PDF')
    expect(await refusal(Buffer.from('\0\0\0\fjP  \r\n', 'latin1'))).toContain('is JPEG 2000')
    expect(await refusal(new Uint8Array())).toMatch(/neither PNG nor JPEG/)
    expect(await refusal(Buffer.from([0xff, 0xd8]))).toMatch(/neither PNG nor JPEG/)
  })

  test('cut short anywhere', async () => {
    const whole = readFileSync(drawn(address))
    for (let length = 8; length < whole.length - 12; length += 16) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/cut short/)
    }
  })

  test('a GIF or a BMP cut short anywhere, and one that claims too much', async () => {
    for (const kind of ['gif', 'bmp']) {
      const whole = readFileSync(changed(drawn(address), kind))
      for (let length = 6; length < 500; length += 60) {
        expect(await refusal(whole.subarray(0, length))).toMatch(/cut short|no QR code/)
      }
      const huge = Buffer.from(whole)
      if (kind === 'gif') huge.fill(0xff, 6, 10)
      else huge.fill(0x7f, 18, 26)
      expect(await refusal(huge)).toMatch(/25 million pixels/)
    }
    const upsideDown = Buffer.from(readFileSync(changed(drawn(address), 'bmp')))
    upsideDown.writeInt32LE(-30_000, 22)
    upsideDown.writeInt32LE(30_000, 18)
    expect(await refusal(upsideDown)).toMatch(/25 million pixels/)
  })

  test('a JPEG cut short anywhere', async () => {
    const whole = readFileSync(changed(drawn(address), 'jpg'))
    for (let length = 3; length < 700; length += 50) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/cut short|no QR code/)
    }
  })

  test('of more pixels than can be, before they take any memory', async () => {
    expect(await refusal(png(20_000, 20_000, Buffer.alloc(1_000)))).toMatch(/25 million pixels/)
    const wide = readFileSync(changed([], 'jpg', '-size', '6000x5000', 'xc:white'))
    expect(await refusal(wide)).toMatch(/25 million pixels/)
    const withStrayBytes = Buffer.concat([wide.subarray(0, 20), Buffer.alloc(2), wide.subarray(20)])
    expect(await refusal(withStrayBytes)).toMatch(/25 million pixels/)
  })

  describe('that says to be small and unpacks to a gigabyte', () => {
    const packed = deflateSync(Buffer.alloc(400_000_000), { level: 1 })
    const beyondAnyWindow = Buffer.concat([Buffer.from('f800', 'hex'), packed.subarray(2)])
    test.each([
      ['as PNG', picture(head(100, 100), chunk('IDAT', packed))],
      ['with a window larger than any', picture(head(100, 100), chunk('IDAT', beyondAnyWindow))],
      [
        'as Apple’s own kind of PNG',
        picture(chunk('CgBI', Buffer.alloc(8)), head(100, 100), chunk('IDAT', packed.subarray(2))),
      ],
    ])('%s', async (_how, file) => {
      const before = process.memoryUsage().rss
      expect(await refusal(file)).toMatch(/damaged/)
      expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000)
    })
  })

  test('that would keep the reader busy for minutes', async () => {
    const clock = new FakeClock(0)
    const reading = inputErrors(() => qrCodeReader(clock, ask)(squares(3_000)))
    await clock.untilWaitingFor(30_000)
    clock.advance(30_000)
    expect((await reading)['picture']).toMatch(/too long.*cut out/)
    await eventually(readers).toBe(0)
  })

  test('where the reader never comes up, and so does not end either', async () => {
    const clock = new FakeClock(0)
    const silent = (): Promise<never> => new Promise(() => undefined)
    const reading = inputErrors(() => qrCodeReader(clock, silent)(squares(100)))
    await clock.untilWaitingFor(30_000)
    clock.advance(30_000)
    expect((await reading)['picture']).toContain('takes too long')
  })

  test('with the reason of the caller that no longer waits', async () => {
    const caller = new AbortController()
    const reading = qrCodeReader(new FakeClock(0), ask)(squares(3_000), caller.signal)
    await eventually(readers).toBe(1)
    caller.abort(new Error('cancelled'))
    await expect(reading).rejects.toThrow('cancelled')
    await eventually(readers).toBe(0)
  })

  test('when its reader ends in the middle, as a bug', async () => {
    const broken = path.join(folder, 'broken.mjs')
    writeFileSync(broken, 'process.exit(3)')
    const reading = qrCodeReader(systemClock, forkedQrReader(broken))(readFileSync(drawn(address)))
    await expect(reading).rejects.toThrow('ended without an answer')
  })

  test('made of any bytes after a right beginning', async () => {
    const starts = [
      png(21, 21, Buffer.alloc(21 * 22)).subarray(0, 33),
      Buffer.from('ffd8ffe000104a464946', 'hex'),
    ]
    for (const start of starts) {
      for (const filling of [0x00, 0xff, 0x7f]) {
        const file = Buffer.concat([start, Buffer.alloc(5_000, filling)])
        expect(await refusal(file)).toMatch(/cut short|no QR code/)
      }
    }
  })
})

/** A grey PNG of the said size, whatever its pixels are. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  return picture(head(width, height), chunk('IDAT', deflateSync(pixels, { level: 1 })))
}

/** Nothing but the squares of which a QR code has three, as many as go into a picture that is `side` pixels wide. */
function squares(side: number): Buffer {
  const isDark = (x: number, y: number): boolean => {
    const ring = Math.max(Math.abs((x % 9) - 4), Math.abs((y % 9) - 4))
    return ring === 3 || ring <= 1
  }
  const pixels = Buffer.alloc(side * (side + 1), 0xff)
  for (let y = 0; y < side; y++) {
    pixels[y * (side + 1)] = 0
    for (let x = 0; x < side; x++) if (isDark(x, y)) pixels[y * (side + 1) + 1 + x] = 0
  }
  return png(side, side, pixels)
}

function picture(...chunks: readonly Buffer[]): Buffer {
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))])
}

function head(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width)
  data.writeUInt32BE(height, 4)
  data[8] = 8
  return chunk('IHDR', data)
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
