import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { hasModes } from '../../tests/support/mode.ts'
import { Child } from '../../tests/support/child.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { folderPerTest, programForAll } from '../../tests/support/hooks.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { Random } from '../../tests/support/random.ts'
import type { Clock } from '../core/ports.ts'
import { emptyState, State } from '../core/state/state.ts'
import { LockFiles } from './lock-files.ts'
import { StateFile } from './state-file.ts'

// Processes are started here, and a busy machine may take its time over them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const program = programForAll('state-writer')

const dir = folderPerTest()

const statePath = (): string => path.join(dir(), 'state.json')
const open = (at = dir(), clock: Clock = quickClock): Promise<StateFile> =>
  StateFile.open(at, new LockFiles(path.join(at, 'locks'), quickClock), clock)

/** Counts `key` up: a change that shows whether it was made on top of the others. */
const countUp =
  (key: string) =>
  (state: State): State => ({
    ...state,
    practicePorts: { ...state.practicePorts, [key]: { count: countOf(state, key) + 1 } },
  })
const countOf = (state: State, key: string): number => state.practicePorts[key]?.['count'] ?? 0

describe('the state file', () => {
  test('begins empty, and is not written before there is something to write', async () => {
    const file = await open()
    expect(file.state).toEqual(emptyState)
    expect(file.notices).toEqual([])
    await expect(stat(statePath())).rejects.toThrow('ENOENT')
  })

  test('is found again by the next start', async () => {
    const first = await open()
    await first.update(countUp('a'))
    expect((await open()).state).toEqual(first.state)
    expect(countOf(first.state, 'a')).toBe(1)
  })

  test.runIf(hasModes)('is for the user’s eyes only, its folder too', async () => {
    const inside = path.join(dir(), 'fresh', 'profile')
    const file = await open(inside)
    await file.update(countUp('a'))
    expect((await stat(inside)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(inside, 'state.json'))).mode & 0o777).toBe(0o600)
  })

  test.runIf(hasModes)('is closed again when somebody had opened it to others', async () => {
    const file = await open()
    await file.update(countUp('a'))
    await chmod(statePath(), 0o644)
    await file.update(countUp('a'))
    expect((await stat(statePath())).mode & 0o777).toBe(0o600)
  })

  test('is replaced in one stroke: a draft that a killed process left harms nothing', async () => {
    const file = await open()
    await file.update(countUp('a'))
    for (const pid of ['1', String(process.pid)])
      await writeFile(`${statePath()}.${pid}.tmp`, '{"version":1,"acc')
    const again = await open()
    expect(countOf(again.state, 'a')).toBe(1)
    await again.update(countUp('a'))
    expect(countOf((await open()).state, 'a')).toBe(2)
    expect(again.notices).toEqual([])
  })

  test('keeps the changes that two instances make at the same time', async () => {
    const [one, two] = [await open(), await open()]
    await Promise.all(
      Array.from({ length: 10 }, () => [one, two].map((file) => file.update(countUp('a')))).flat(),
    )
    expect(countOf(await one.reload(), 'a')).toBe(20)
    expect(await two.reload()).toEqual(one.state)
  })

  test('is left as it was by a change that fails, and open for the next', async () => {
    const file = await open()
    await file.update(countUp('a'))
    const failing = file.update(() => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(countOf(file.state, 'a')).toBe(1)
    expect(countOf(await file.update(countUp('a')), 'a')).toBe(2)
  })

  test('takes changes that come at the same time into one write, in their order', async () => {
    const file = await open()
    let writes = 0
    file.onChange(() => writes++)
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`)
    await Promise.all(keys.map((key) => file.update(countUp(key))))
    expect(Object.keys(file.state.practicePorts)).toEqual(keys)
    expect(writes).toBe(1)
    expect((await open()).state).toEqual(file.state)
  })

  test('keeps the changes beside one that fails, which alone is told of it', async () => {
    const file = await open()
    const refuse = (): State => {
      throw new Error('no')
    }
    const [first, refused, last] = await Promise.allSettled([
      file.update(countUp('a')),
      file.update(refuse),
      file.update(countUp('a')),
    ])
    expect([first.status, refused.status, last.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(countOf((await open()).state, 'a')).toBe(2)
  })

  test('tells its listeners of every change until they stop listening', async () => {
    const file = await open()
    let told = 0
    const stop = file.onChange(() => told++)
    await file.update(countUp('a'))
    expect(told).toBe(1)
    await (await open()).update(countUp('a'))
    await file.reload()
    expect(told).toBe(2)
    await file.reload()
    expect(told).toBe(2)
    stop()
    await file.update(countUp('a'))
    expect(told).toBe(2)
  })
})

describe('a state file that can’t be read', () => {
  const whole = JSON.stringify(emptyState)
  const damaged: [string, string][] = [
    ['garbage', '\u0000\u0001 not json'],
    ['cut short', whole.slice(0, -5)],
    ['emptied', ''],
    ['of another shape', '{"version":1,"accounts":{}}'],
    ['of a later version', '{"version":2,"accounts":[],"practicePorts":{}}'],
    ['not an object', 'null'],
  ]

  test.each(damaged)('(%s) is set aside whole, the user is told, and work goes on', async (_how, text) => {
    await writeFile(statePath(), text)
    const file = await open()
    expect(file.state).toEqual(emptyState)
    const aside = (await readdir(dir())).filter((name) => name.startsWith('state.json.damaged'))
    expect(aside).toHaveLength(1)
    expect(await readFile(path.join(dir(), aside[0] ?? ''), 'utf8')).toBe(text)
    expect(file.notices).toHaveLength(1)
    expect(file.notices[0]).toContain(aside[0])
    expect(file.notices[0]).toContain('keychain')
    await file.update(countUp('a'))
    expect((await open()).notices).toEqual([])
  })

  test('while the app runs is set aside by the next change', async () => {
    const file = await open()
    await file.update(countUp('a'))
    await writeFile(statePath(), 'garbage')
    await file.update(countUp('b'))
    expect(file.notices).toHaveLength(1)
    expect(State.parse(JSON.parse(await readFile(statePath(), 'utf8')))).toEqual(file.state)
    expect((await readdir(dir())).filter((name) => name.includes('damaged'))).toHaveLength(1)
  })

  test('because an editor is still writing it is read again, and nothing is set aside', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 21))
    const file = await open(dir(), clock)
    await file.update(countUp('a'))
    const edited = await readFile(statePath(), 'utf8')
    await writeFile(statePath(), '')
    const reloaded = file.reload()
    await clock.untilWaitingFor(500)
    await writeFile(statePath(), edited.slice(0, 20))
    clock.advance(500)
    await clock.untilWaitingFor(500)
    await writeFile(statePath(), edited)
    clock.advance(500)
    expect(countOf(await reloaded, 'a')).toBe(1)
    expect(file.notices).toEqual([])
    expect(await readdir(dir())).toEqual(['locks', 'state.json'])
  })

  test('is set aside once when two find it at the same time', async () => {
    await writeFile(statePath(), 'garbage')
    const files = await Promise.all([open(), open()])
    expect(files.flatMap(({ notices }) => notices)).toHaveLength(1)
    expect((await readdir(dir())).filter((name) => name.includes('damaged'))).toHaveLength(1)
  })

  test('for another reason than damage is not touched', async () => {
    await mkdir(statePath())
    await expect(open()).rejects.toThrow('EISDIR')
    expect((await readdir(dir())).filter((name) => name.includes('damaged'))).toEqual([])
  })
})

describe('with another process', () => {
  test('a change it makes is noticed', async () => {
    const file = await open()
    const stop = file.watch()
    const { opened, open: noticed } = gate()
    file.onChange(() => {
      if (countOf(file.state, 'child') === 1) noticed()
    })
    const child = new Child(program(), [dir(), 'child', '1'])
    await opened
    expect(await child.ended).toBe(0)
    stop()
  })

  test('no change of either is lost', async () => {
    const file = await open()
    const child = new Child(program(), [dir(), 'both', '15'])
    expect(await child.line()).toBe('1')
    for (let change = 0; change < 15; change++) await file.update(countUp('both'))
    expect(await child.ended).toBe(0)
    expect(countOf(await file.reload(), 'both')).toBe(30)
  })

  test('whenever it is killed, the state stays whole and keeps all that it had reported', async () => {
    const random = new Random(5)
    let file = await open()
    for (let round = 0; round < 10; round++) {
      const keys = ['a', 'b', 'c'].map((letter) => `${letter}${String(round)}`)
      const reported = await Promise.all(
        keys.map(async (key) => {
          const child = new Child(program(), [dir(), key, '1000000'])
          let last = 0
          for (let lines = random.between(1, 8); lines > 0; lines--) last = Number(await child.line())
          await child.crash()
          return last
        }),
      )
      file = await open()
      for (const [index, key] of keys.entries())
        expect(countOf(file.state, key)).toBeGreaterThanOrEqual(reported[index] ?? Infinity)
    }
    expect(file.notices).toEqual([])
    await file.update(countUp('after'))
    expect(Object.keys((await open()).state.practicePorts)).toHaveLength(31)
  })
})
