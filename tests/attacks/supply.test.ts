import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { dependencies } from '../../package.json'
import { ensurePackage, PACKAGED } from '../support/packaged.ts'

const root = path.join(import.meta.dirname, '../..')
const read = (name: string): Promise<string> => readFile(path.join(root, name), 'utf8')
const resources = path.join(path.dirname(PACKAGED), 'resources')

const Lock = z.object({
  packages: z.record(z.string(), z.object({ dev: z.optional(z.boolean()), version: z.optional(z.string()) })),
})

/** Returns the packages that the bundler put into dist/, and keytar, as `name version`. */
async function shipped(): Promise<string[]> {
  const headings = (await read('dist/licenses.md')).matchAll(/^## (\S+ \S+) \(.+\)$/gm)
  return [...headings].map(([, part = '']) => part)
}

interface Folder {
  readonly files?: Readonly<Record<string, Folder>> | undefined
}
const Folder: z.ZodType<Folder> = z.lazy(() => z.object({ files: z.optional(z.record(z.string(), Folder)) }))

/** Returns the paths in an archive, whose header is a pickle with JSON in it: https://github.com/electron/asar#format */
async function pathsIn(file: string): Promise<string[]> {
  const archive = await readFile(file)
  const header = archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))
  const paths = (folder: Folder, above: string): string[] =>
    Object.entries(folder.files ?? {}).flatMap(([name, inside]) => [
      `${above}${name}`,
      ...paths(inside, `${above}${name}/`),
    ])
  return paths(Folder.parse(JSON.parse(header)), '')
}

describe('L8: what ships', () => {
  beforeAll(() => ensurePackage())

  test('is in “dependencies”, each by itself or as what another one needs, and nothing else is', async () => {
    const { packages } = Lock.parse(JSON.parse(await read('package-lock.json')))
    const asked = new Map(
      Object.entries(packages).flatMap(([folder, { dev, version }]) =>
        dev === true || folder === '' ? [] : [[folder.replace('node_modules/', ''), version]],
      ),
    )
    const parts = await shipped()
    expect(parts.length).toBeGreaterThan(20)
    for (const part of parts) {
      const [name = '', version] = part.split(' ')
      expect(asked.get(name), name).toBe(version)
    }
    const names = parts.map((part) => part.split(' ')[0])
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)))
  })

  test('has its licences in the package, each with a text', async () => {
    const text = await readFile(path.join(resources, 'licenses.md'), 'utf8')
    for (const licence of text.split(/^## /m).slice(1)) {
      expect(licence.length, licence.slice(0, 40)).toBeGreaterThan(600)
      expect(licence).toMatch(/copyright|licen[cs]ed? under/i)
    }
    expect(text).toContain('Apache License')
  })

  test('is listed in the package, for programs that look for known holes', async () => {
    const Sbom = z.object({
      bomFormat: z.literal('CycloneDX'),
      components: z.array(z.object({ name: z.string(), group: z.optional(z.string()), version: z.string() })),
    })
    const { components } = Sbom.parse(
      JSON.parse(await readFile(path.join(resources, 'sbom.cdx.json'), 'utf8')),
    )
    const listed = components.map(
      ({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name} ${version}`,
    )
    expect(listed).toEqual(expect.arrayContaining(await shipped()))
  })

  test('is all that is in the package: neither the checkout nor a package twice', async () => {
    const files = await pathsIn(path.join(resources, 'app.asar'))
    const isOurs = /^(package\.json|(dist|assets|node_modules|node_modules\/keytar)(\/.*)?)$/
    expect(files.filter((file) => !isOurs.test(file))).toEqual([])
    expect(files).toContain('dist/main.js')
    const places = files.filter((file) => /^(assets|node_modules)\/[^/]+$/.test(file))
    expect(places.sort()).toEqual(['assets/icon.png', 'assets/tray', 'node_modules/keytar'])
    expect(files.filter((file) => /^assets\/tray\/.*(?<!\.(png|ico))$/.test(file))).toEqual([])
  })
})
