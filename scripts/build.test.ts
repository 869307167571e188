import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildIsCurrent, stampBuild } from './build.mjs'

let folder: string
const earlier = new Date('2026-01-01T09:00:00Z')
const begun = new Date('2026-01-01T09:01:00Z')
const later = new Date('2026-01-01T09:02:00Z')

/** Dates folders last, because a write into a folder changes its date. */
async function dateAll(date: Date): Promise<void> {
  for (const path of ['electron/core/a.ts', 'package.json', 'electron/core', 'electron']) {
    await utimes(join(folder, path), date, date)
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokentray-build-'))
  await mkdir(join(folder, 'electron', 'core'), { recursive: true })
  await mkdir(join(folder, 'dist'))
  for (const path of ['electron/core/a.ts', 'package.json', 'dist/main.js', 'dist/cli.js']) {
    await writeFile(join(folder, path), '')
  }
  await dateAll(earlier)
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('whether a build is due', () => {
  it('is, until one has come to its end', () => {
    expect(buildIsCurrent(folder)).toBe(false)
    stampBuild(begun, folder)
    expect(buildIsCurrent(folder)).toBe(true)
  })

  it('is, after a source was saved, also while the build ran', async () => {
    stampBuild(begun, folder)
    await utimes(join(folder, 'electron/core/a.ts'), later, later)
    expect(buildIsCurrent(folder)).toBe(false)
  })

  it('is, after a source was removed', async () => {
    stampBuild(begun, folder)
    await rm(join(folder, 'electron/core/a.ts'))
    expect(buildIsCurrent(folder)).toBe(false)
  })

  it('is, when a part of the result is gone', async () => {
    stampBuild(begun, folder)
    await rm(join(folder, 'dist/cli.js'))
    expect(buildIsCurrent(folder)).toBe(false)
  })
})
