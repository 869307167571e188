import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test as base } from 'vitest'
import { compare, type Comparison } from '../gallery/compare.ts'
import { PICTURES, pictureName } from '../gallery/files.ts'
import { accessibilityFaults } from '../gallery/accessibility.ts'
import { readPng, writePng, type Bitmap } from '../gallery/png.ts'
import { sentence, themesOf, type Scene, type Theme } from '../gallery/scene.ts'
import { scenes } from '../gallery/scenes/all.ts'
import { Stage } from '../gallery/stage.ts'
import { electronPath } from './support/electron-path.ts'

const DIFFERENT = path.join(import.meta.dirname, '../test-results/pictures')

/** The windows that take pictures at the same time. */
const WINDOWS = 2

const stages: Stage[] = []
const idle: Stage[] = []
const waiting: ((stage: Stage) => void)[] = []

const test = base.extend<{ readonly stage: Stage }>({
  /** A window that no other test uses meanwhile. */
  stage: async ({}, use) => {
    const stage = idle.pop() ?? (await new Promise<Stage>((resolve) => waiting.push(resolve)))
    await use(stage)
    const next = waiting.shift()
    if (next === undefined) idle.push(stage)
    else next(stage)
  },
})

beforeAll(async () => {
  for (let window = 0; window < WINDOWS; window += 1) stages.push(await Stage.open(electronPath()))
  idle.push(...stages)
})

afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
})

describe.concurrent('a scene', () => {
  // A title made by `test.for` would be cut off.
  for (const scene of scenes) {
    test(`${sentence(scene)} looks as it did and can be read and used by everybody`, async ({
      stage,
      expect,
    }) => {
      await stage.show(scene)
      const different: string[] = []
      const faults: string[] = []
      for (const theme of themesOf(scene)) {
        different.push(...(await differences(stage, scene, theme)))
        // Axe reads our colours even where the system's replace them.
        if (scene.seen === 'forced') continue
        faults.push(...(await accessibilityFaults(stage.page, { colourAlone: theme !== themesOf(scene)[0] })))
      }
      expect
        .soft(different, 'Look at them; if they are as they should be: npm run gallery -- --update')
        .toEqual([])
      expect(faults).toEqual([])
    })
  }
})

async function differences(stage: Stage, scene: Scene, theme: Theme): Promise<string[]> {
  const name = pictureName(scene, theme)
  const file = await readFile(path.join(PICTURES, name)).catch(() => null)
  const before = file === null ? null : readPng(file)
  let comparison = unknown
  // A picture that is as it should be is final; one that is not may be of a drawing that goes on.
  const picture = await stage.picture(theme, 1, (taken) => {
    if (before !== null) comparison = compare(before, readPng(taken))
    return comparison.same
  })
  const { same, words, marked } = comparison
  if (same) return []
  await keep(name, readPng(picture))
  if (marked !== null) await keep(name.replace('.png', '.marked.png'), marked)
  return [`${name}: ${words}; see test-results/pictures`]
}

const unknown: Comparison = { same: false, words: 'there is no picture of it yet', marked: null }

async function keep(name: string, picture: Bitmap): Promise<void> {
  await mkdir(DIFFERENT, { recursive: true })
  await writeFile(path.join(DIFFERENT, name), writePng(picture))
}

describe('the pictures', () => {
  test('are those of the scenes, one for each of its themes', async () => {
    const wanted = scenes.flatMap((scene) => themesOf(scene).map((theme) => pictureName(scene, theme)))
    expect(new Set(wanted).size).toBe(wanted.length)
    expect(await readdir(PICTURES)).toEqual(wanted.sort())
  })

  test('are told apart when one letter changes', async ({ stage }) => {
    const [scene] = scenes
    if (scene === undefined) expect.unreachable()
    await stage.show(scene)
    const before = readPng(await stage.picture('light'))
    expect(compare(before, readPng(await stage.picture('light'))).same).toBe(true)
    await stage.page.locator('h1').evaluate((heading) => (heading.textContent = 'TokenTroy'))
    expect(compare(before, readPng(await stage.picture('light'))).same).toBe(false)
  })
})

test('a page with a fault in it does not pass', async ({ stage }) => {
  const [scene] = scenes
  if (scene === undefined) expect.unreachable()
  await stage.show(scene)
  expect(await accessibilityFaults(stage.page)).toEqual([])
  await stage.page.evaluate(() => {
    const pale = document.createElement('p')
    pale.append('hard to read')
    pale.style.color = '#c8c8c8'
    document.querySelector('main')?.append(pale, document.createElement('button'))
  })
  const faults = await accessibilityFaults(stage.page)
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['button-name', 'color-contrast'])
})
