import { appendFile, mkdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { hasModes } from '../../tests/support/mode.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { folderPerTest } from '../../tests/support/hooks.ts'
import { morning } from '../../tests/support/harness.ts'
import { actors, HISTORY_KEPT_MS, type HistoryEvent } from '../core/state/history.ts'
import { HistoryFile } from './history-file.ts'
import { LockFiles } from './lock-files.ts'

const dir = folderPerTest()
let clock = new FakeClock(morning)
beforeEach(() => {
  clock = new FakeClock(morning)
})

const historyPath = (): string => path.join(dir(), 'history.jsonl')
const linesOnDisk = async (): Promise<string[]> => (await readFile(historyPath(), 'utf8')).split('\n')
/** The history as one process has it: with locks of its own. */
const open = (at = dir()): HistoryFile =>
  new HistoryFile(at, new LockFiles(path.join(dir(), 'locks'), quickClock), clock)
const event = (account: string, at = morning): HistoryEvent => ({
  at,
  account,
  event: 'obtained',
  by: 'tray',
})
const accountsIn = async (history: HistoryFile): Promise<string[]> =>
  (await history.read()).map(({ account }) => account)

describe('the history', () => {
  test('is empty before there is anything to tell, and not written', async () => {
    expect(await open().read()).toEqual([])
    await expect(stat(historyPath())).rejects.toThrow('ENOENT')
  })

  test('is read as it was told, oldest first, also by the next start', async () => {
    const events = (['obtained', 'copied', 'revoked'] as const).flatMap((what) =>
      actors.map((by, index) => ({ at: morning + index, account: `“${what}”\nby ${by}`, event: what, by })),
    )
    const history = open()
    for (const each of events) await history.add(each)
    const sorted = events.toSorted((a, b) => a.at - b.at)
    expect(await history.read()).toEqual(sorted)
    expect(await open().read()).toEqual(sorted)
  })

  test.runIf(hasModes)('is for the user’s eyes only, its folder too', async () => {
    const inside = path.join(dir(), 'fresh', 'profile')
    await open(inside).add(event('kite'))
    expect((await stat(inside)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(inside, 'history.jsonl'))).mode & 0o777).toBe(0o600)
  })

  test.runIf(hasModes)('stays for the user’s eyes only when old events are dropped', async () => {
    const history = open()
    await history.add(event('old'))
    clock.advance(HISTORY_KEPT_MS + 1)
    await history.add(event('new', clock.now()))
    expect((await stat(historyPath())).mode & 0o777).toBe(0o600)
  })

  test('loses nothing that two processes tell at the same time', async () => {
    const [one, two] = [open(), open()]
    const names = Array.from({ length: 50 }, (_, index) => `account-${String(index)}`)
    await Promise.all(names.map((name, index) => (index % 2 === 0 ? one : two).add(event(name))))
    expect((await accountsIn(one)).toSorted()).toEqual(names.toSorted())
  })

  test('does not keep events of one process waiting for each other’s lock', async () => {
    const stopped = new FakeClock(morning)
    const history = new HistoryFile(dir(), new LockFiles(path.join(dir(), 'locks'), stopped), clock)
    await Promise.all(['one', 'two', 'three'].map((name) => history.add(event(name))))
    expect(await accountsIn(history)).toEqual(['one', 'two', 'three'])
  })

  test('loses nothing that is told while old events are dropped', async () => {
    const [one, two] = [open(), open()]
    await one.add(event('old'))
    clock.advance(HISTORY_KEPT_MS + 1)
    const names = Array.from({ length: 20 }, (_, index) => `account-${String(index)}`)
    await Promise.all(names.map((name, index) => (index % 2 === 0 ? one : two).add(event(name, clock.now()))))
    expect((await accountsIn(two)).toSorted()).toEqual(names.toSorted())
  })

  test('can’t be told where no file can be', async () => {
    const file = path.join(dir(), 'a file')
    await writeFile(file, '')
    await expect(open(file).add(event('kite'))).rejects.toThrow()
  })

  test('that can’t be read is not called empty, and can be told again later', async () => {
    const history = open()
    await mkdir(historyPath())
    await expect(history.add(event('lost'))).rejects.toThrow()
    await expect(history.read()).rejects.toThrow()
    await rmdir(historyPath())
    await history.add(event('kept'))
    expect(await accountsIn(history)).toEqual(['kept'])
  })
})

describe('a line that can’t be read', () => {
  test.each([
    'not JSON',
    '{}',
    'null',
    '[]',
    '{"at":"today","account":"kite","event":"obtained","by":"tray"}',
    '{"at":1795229105000,"account":"kite","event":"stolen","by":"tray"}',
    '\u0000\u0000\u0000',
    '',
  ])('is passed over: %j', async (line) => {
    const history = open()
    await history.add(event('before'))
    await appendFile(historyPath(), `${line}\n`)
    await history.add(event('after'))
    expect(await accountsIn(history)).toEqual(['before', 'after'])
  })

  test('does not spoil the next one when a crash has cut it short', async () => {
    const history = open()
    await history.add(event('before'))
    await appendFile(historyPath(), '{"at":17952291')
    await history.add(event('after'))
    expect(await accountsIn(history)).toEqual(['before', 'after'])
  })

  test('does not keep old events in the file', async () => {
    await writeFile(historyPath(), `not JSON\n${JSON.stringify(event('old'))}\n`)
    clock.advance(HISTORY_KEPT_MS + 1)
    await open().add(event('new', clock.now()))
    expect((await linesOnDisk()).join()).not.toContain('old')
  })
})

describe('an event', () => {
  test('is told for 90 days', async () => {
    const history = open()
    await history.add(event('old'))
    await history.add(event('newer', morning + 1))
    clock.advance(90 * 24 * 60 * 60_000)
    expect(await accountsIn(history)).toEqual(['old', 'newer'])
    clock.advance(1)
    expect(await accountsIn(history)).toEqual(['newer'])
  })

  test('leaves the file with the first that is told after them', async () => {
    const history = open()
    for (const [index, name] of ['one', 'two', 'three'].entries())
      await history.add(event(name, morning + index))
    clock.advance(HISTORY_KEPT_MS + 2)
    expect(await linesOnDisk()).toHaveLength(4)
    await history.add(event('new', clock.now()))
    expect(await accountsIn(history)).toEqual(['three', 'new'])
    expect(await linesOnDisk()).toEqual([
      JSON.stringify(event('three', morning + 2)),
      JSON.stringify(event('new', clock.now())),
      '',
    ])
  })

  test('is told before one that happened later and was written down sooner', async () => {
    const history = open()
    await history.add(event('later', morning + 5))
    await history.add(event('sooner', morning))
    expect(await accountsIn(history)).toEqual(['sooner', 'later'])
  })

  test('of a clock that was ahead is told all the same', async () => {
    const history = open()
    await history.add(event('kite', morning + HISTORY_KEPT_MS))
    expect(await accountsIn(history)).toEqual(['kite'])
  })
})
