import { createHash } from 'node:crypto'
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasModes } from '../tests/support/mode.ts'
import { cacheFolder, COPIES, COPY_VERSION, findCopy, keepCopy, removeStale } from './electron-copy.mjs'
import { canFetch } from './electron-download.mjs'
import { findPinned } from './electron.mjs'

let cache: string
let work: string

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'tokentray-copy-'))
  work = join(cache, '.fetch-test')
  await mkdir(work)
})

afterEach(() => rm(cache, { recursive: true, force: true }))

/** Returns a zip file of uncompressed entries. */
function zipOf(files: Record<string, string>): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    header.writeUInt32LE(crc32(data), 10)
    header.writeUInt32LE(data.length, 14)
    header.writeUInt32LE(data.length, 18)
    header.writeUInt16LE(name.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), header, Buffer.from(name), data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), header, rest, Buffer.from(name)]))
    bodies.push(body)
    offset += body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, directory, Buffer.from('PK\x05\x06'), end])
}

const FILES = {
  electron: '#!/bin/sh\n',
  chrome_crashpad_handler: '',
  'chrome-sandbox': '',
  version: COPY_VERSION,
}
const WHOLE = zipOf(FILES)

/** Returns the digest of a folder with these files. */
function digestFor(files: Record<string, string>): string {
  const list = Object.entries(files).map(([name, text]) => `${name} ${hashOf(Buffer.from(text))}\n`)
  return hashOf(Buffer.from(list.sort().join('')))
}

function hashOf(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

const SYSTEM = 'linux-x64'
const find = (): string | undefined => findCopy(cache, SYSTEM, digestFor(FILES))

/** Offers `data` as the registry's zip file, with these checksums. */
async function offer(
  data: Buffer,
  hashes: { expected?: string; listed?: string } = {},
  system = SYSTEM,
  files: Record<string, string> = FILES,
): Promise<string> {
  const { expected = hashOf(data), listed = expected } = hashes
  const zip = join(work, 'electron.zip')
  await writeFile(zip, data)
  const checksums = JSON.stringify({ [`electron-v${COPY_VERSION}-${system}.zip`]: listed })
  return keepCopy({ zip, checksums, work, cache, system, expected, unpacked: digestFor(files) })
}

describe('the registry copy of Electron', () => {
  it('is kept, runnable, once checked', async () => {
    const path = await offer(WHOLE)
    expect(path).toBe(join(cache, `electron-${COPY_VERSION}`, 'electron'))
    expect(find()).toBe(path)
    if (hasModes) expect((await stat(path)).mode & 0o111).toBe(0o111)
  })

  it('of Windows is kept beside it, and needs no mode to be runnable', async () => {
    const files = { 'electron.exe': 'MZ', version: COPY_VERSION }
    const path = await offer(zipOf(files), {}, 'win32-x64', files)
    expect(path).toBe(join(cache, `electron-${COPY_VERSION}-win32-x64`, 'electron.exe'))
    expect(findCopy(cache, 'win32-x64', digestFor(files))).toBe(path)
    expect(findCopy(cache, 'win32-x64')).toBeUndefined()
    expect(find()).toBeUndefined()
  })

  it('is there for those systems alone whose build is proved', () => {
    expect(Object.keys(COPIES)).toEqual(['linux-x64', 'win32-x64'])
    for (const { sha256, unpacked } of Object.values(COPIES)) {
      for (const digest of [sha256, unpacked]) expect(digest).toMatch(/^[\da-f]{64}$/)
    }
    expect(findCopy(cache, 'darwin-arm64')).toBeUndefined()
  })

  it('is kept where each system has such things', () => {
    expect(cacheFolder('win32', { LOCALAPPDATA: join('C:', 'local') })).toBe(
      join('C:', 'local', 'TokenTray', 'Cache'),
    )
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'tokentray'))
  })

  it('is refused and deleted when a byte differs', async () => {
    const spoilt = Buffer.from(WHOLE)
    spoilt.writeUInt8(spoilt.readUInt8(60) ^ 1, 60)
    await expect(offer(spoilt, { expected: hashOf(WHOLE) })).rejects.toThrow('not the official build')
    expect(find()).toBeUndefined()
    expect(await readdir(work)).toEqual([])
    expect(await readdir(cache)).toEqual(['.fetch-test'])
  })

  it("is refused when Electron's own list says otherwise", async () => {
    await expect(offer(WHOLE, { listed: hashOf(Buffer.from('')) })).rejects.toThrow('not the official build')
    expect(find()).toBeUndefined()
  })

  it('is refused by default unless it is the build written down here', async () => {
    const zip = join(work, 'electron.zip')
    await writeFile(zip, WHOLE)
    const checksums = JSON.stringify({ [`electron-v${COPY_VERSION}-linux-x64.zip`]: hashOf(WHOLE) })
    await expect(keepCopy({ zip, checksums, work, cache, system: SYSTEM })).rejects.toThrow(
      'not the official build',
    )
  })

  it('is not there when unpacking broke off', async () => {
    await expect(offer(WHOLE.subarray(0, WHOLE.length - 40))).rejects.toThrow()
    await expect(offer(zipOf({ electron: '', version: COPY_VERSION }))).rejects.toThrow()
    expect(find()).toBeUndefined()
  })

  it('takes the place of one that is not whole', async () => {
    const folder = join(cache, `electron-${COPY_VERSION}`)
    await mkdir(folder)
    await writeFile(join(folder, 'electron'), '')
    await chmod(join(folder, 'electron'), 0o755)
    expect(find()).toBeUndefined()
    await offer(WHOLE)
    expect(find()).toBeDefined()
  })

  it.each<[what: string, change: (folder: string) => Promise<void>]>([
    ['another program in its place', (folder) => writeFile(join(folder, 'electron'), '#!/bin/sh\nid\n')],
    ['a file more', (folder) => writeFile(join(folder, 'libffmpeg.so'), 'x')],
    ['a file less', (folder) => rm(join(folder, 'chrome_crashpad_handler'))],
    [
      'a link to elsewhere',
      async (folder) => {
        await rm(join(folder, 'chrome-sandbox'))
        // Windows wants a right for links.
        if (hasModes) await symlink('/bin/true', join(folder, 'chrome-sandbox'))
      },
    ],
  ])('L8: is not trusted by its name and version: with %s it is no copy', async (_, change) => {
    await offer(WHOLE)
    expect(find()).toBeDefined()
    await change(join(cache, `electron-${COPY_VERSION}`))
    expect(find()).toBeUndefined()
  })

  it('loses what a killed fetch left behind, but not what one at work is writing', async () => {
    const stale = join(cache, '.fetch-old')
    await mkdir(stale)
    const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)
    await utimes(stale, yesterday, yesterday)
    await removeStale(cache)
    await expect(access(stale)).rejects.toThrow()
    await expect(access(work)).resolves.toBeUndefined()
  })
})

describe('the pinned Electron', () => {
  it('is there only when its installer came to its end with that version', async () => {
    const dist = join(work, 'dist')
    await mkdir(dist)
    await writeFile(join(work, 'package.json'), '{"version":"45.4.1"}')
    await writeFile(join(dist, 'electron'), '')
    await writeFile(join(dist, 'version'), '45.4.1')
    expect(findPinned(work)).toBeUndefined()
    await writeFile(join(work, 'path.txt'), 'electron')
    expect(findPinned(work)).toBe(join(dist, 'electron'))
    await writeFile(join(dist, 'version'), '44.0.0')
    expect(findPinned(work)).toBeUndefined()
  })
})

describe('the look at the download host', () => {
  it('follows redirects, asks for one byte and takes no for an answer', async () => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers.range)
      if (request.url === '/moved') response.writeHead(302, { location: '/zip' }).end()
      else if (request.url === '/zip') response.writeHead(206).end('x')
      else if (request.url !== '/silent') response.writeHead(403).end('blocked')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const base = `http://127.0.0.1:${address.port}`
    try {
      expect(await canFetch(`${base}/moved`)).toBe(true)
      expect(asked).toEqual(['bytes=0-0', 'bytes=0-0'])
      expect(await canFetch(`${base}/other`)).toBe(false)
      expect(await canFetch(`${base}/silent`, 50)).toBe(false)
    } finally {
      server.closeAllConnections()
      server.close()
    }
    expect(await canFetch(base)).toBe(false)
  })
})
