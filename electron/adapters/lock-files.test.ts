import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { expectMode } from '../../tests/support/mode.ts'
import { Child } from '../../tests/support/child.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { folderPerTest, programForAll } from '../../tests/support/hooks.ts'
import { LoginError } from '../core/errors.ts'
import { LockFiles } from './lock-files.ts'
import { LockHeld } from './lock-held.ts'
import type { LockOwners } from './lock-owners.ts'

const POLL_MS = 50
const never = new AbortController().signal

// Processes are started here, and a busy machine may take its time over them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const program = programForAll('lock-user')

const dir = folderPerTest()
const children: Child[] = []

afterEach(() => Promise.all(children.splice(0).map((child) => child.crash())))

function start(...args: string[]): Child {
  const child = new Child(program(), args)
  children.push(child)
  return child
}

/** Another process that holds the lock. */
async function holder(): Promise<Child> {
  const child = start('hold', dir())
  expect(await child.line()).toBe('held')
  return child
}

describe('among processes', () => {
  test('only one holds the lock at a time', async () => {
    const file = path.join(dir(), 'count')
    await writeFile(file, '0')
    const workers = [1, 2, 3, 4].map(() => start('count', dir(), file, '25'))
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
    expect(await readFile(file, 'utf8')).toBe('100')
  })

  test('a lock is taken over from a process that was killed', async () => {
    const other = await holder()
    await other.crash()
    const release = await new LockFiles(dir(), quickClock).acquire('shared', never)
    await release()
  })

  test('a lock is taken over from a process whose number was given to another one', async () => {
    // Our own process lives, but it did not begin at the moment the lock says.
    await writeFile(path.join(dir(), 'shared.1'), `${String(process.pid)} 1`)
    const release = await new LockFiles(dir(), quickClock).acquire('shared', never)
    await release()
  })

  test('a lock with the number of a living, foreign process is taken over', async () => {
    const foreign = await holder()
    for (const text of [`${foreign.pid}`, `${foreign.pid} 1 of an earlier boot`]) {
      await writeFile(path.join(dir(), 'other.99'), text)
      await (
        await new LockFiles(dir(), quickClock).acquireBriefly('other')
      )()
      await rm(path.join(dir(), 'other.100'))
    }
  })

  test('a lock is waited for while its process lives, and given once it frees it', async () => {
    const other = await holder()
    const clock = new FakeClock(0)
    let got = false
    const waiting = new LockFiles(dir(), clock).acquire('shared', never).then((release) => {
      got = true
      return release
    })
    for (let look = 0; look < 5; look++) {
      await clock.untilWaitingFor(POLL_MS)
      clock.advance(POLL_MS)
    }
    await clock.untilWaitingFor(POLL_MS)
    expect(got).toBe(false)
    other.say('free it')
    expect(await other.line()).toBe('free')
    clock.advance(POLL_MS)
    await (
      await waiting
    )()
  })

  test('waiting ends with the reason of an abort, and the lock is not taken later', async () => {
    const other = await holder()
    const clock = new FakeClock(0)
    const controller = new AbortController()
    const waiting = new LockFiles(dir(), clock).acquire('shared', controller.signal)
    await clock.untilWaitingFor(POLL_MS)
    const reason = new LoginError('cancelled')
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    other.say('free it')
    expect(await other.line()).toBe('free')
    await (
      await new LockFiles(dir(), clock).acquire('shared', never)
    )()
  })

  test('killed holders one after the other leave a lock that still excludes', async () => {
    for (let round = 0; round < 3; round++) await (await holder()).crash()
    const other = await holder()
    const clock = new FakeClock(0)
    const controller = new AbortController()
    const waiting = new LockFiles(dir(), clock).acquire('shared', controller.signal)
    await clock.untilWaitingFor(POLL_MS)
    controller.abort(new LoginError('cancelled'))
    await expect(waiting).rejects.toThrow()
    other.say('free it')
    expect(await other.line()).toBe('free')
  })
})

describe('a lock that is held for a moment only', () => {
  /** As where nothing tells a living holder from a stranger with its number. */
  const anybodyLives: LockOwners = {
    prove: () => Promise.resolve({ text: '1', end: () => Promise.resolve() }),
    lives: () => Promise.resolve(true),
  }

  async function waitOut(clock: FakeClock, pending: Promise<unknown>): Promise<void> {
    const over = pending.then(
      () => 'over',
      () => 'over',
    )
    while ((await Promise.race([clock.untilWaitingFor(POLL_MS), over])) !== 'over') clock.advance(POLL_MS)
  }

  test('and does not come free is told of within ten seconds, by file and process', async () => {
    const clock = new FakeClock(0)
    const file = path.join(dir(), 'state.7')
    await writeFile(file, '4711 and more')
    const taking = new LockFiles(dir(), clock, anybodyLives).acquireBriefly('state')
    await waitOut(clock, taking)
    await expect(taking).rejects.toThrow(LockHeld)
    await expect(taking).rejects.toThrow(`${file} has been held for ten seconds by process 4711`)
    expect(clock.now()).toBeGreaterThan(9_000)
    expect(clock.now()).toBeLessThan(10_000)
  })

  test('is waited for as long as it changes hands', async () => {
    const clock = new FakeClock(0)
    await writeFile(path.join(dir(), 'state.1'), '4711')
    let taken = false
    const taking = new LockFiles(dir(), clock, anybodyLives).acquireBriefly('state').then((release) => {
      taken = true
      return release
    })
    for (let holder = 2; holder < 5; holder++) {
      for (let look = 0; look < 150; look++) {
        await clock.untilWaitingFor(POLL_MS)
        clock.advance(POLL_MS)
      }
      await clock.untilWaitingFor(POLL_MS)
      await writeFile(path.join(dir(), `state.${holder}`), '4711')
    }
    expect(taken).toBe(false)
    await writeFile(path.join(dir(), 'state.4'), '')
    clock.advance(POLL_MS)
    await (
      await taking
    )()
  })
})

describe('within one process', () => {
  test.each([
    ['one instance', () => [new LockFiles(dir(), quickClock)]],
    ['two instances', () => [new LockFiles(dir(), quickClock), new LockFiles(dir(), quickClock)]],
  ])('only one of many callers of %s holds the lock at a time', async (_what, make) => {
    const instances = make()
    let inside = 0
    let most = 0
    const visit = async (locks: LockFiles | undefined): Promise<void> => {
      const release = await locks?.acquire('shared', new AbortController().signal)
      most = Math.max(most, ++inside)
      // Long enough for another to look at the lock.
      await readdir(dir())
      await readdir(dir())
      inside--
      await release?.()
    }
    await Promise.all(Array.from({ length: 24 }, (_, index) => visit(instances[index % instances.length])))
    expect(most).toBe(1)
  })

  test('locks of different names do not wait for each other', async () => {
    const locks = new LockFiles(dir(), new FakeClock(0))
    const names = ['login-a', 'login-a.1', 'login-a.b', 'login-a-1', 'login-ab', 'state']
    const releases = await Promise.all(names.map((name) => locks.acquire(name, never)))
    await Promise.all(releases.map((release) => release()))
  })

  test('a lock can be had again and again, and leaves one small file', async () => {
    const locks = new LockFiles(dir(), new FakeClock(0))
    for (let round = 0; round < 20; round++) await (await locks.acquire('shared', never))()
    const files = await readdir(dir())
    expect(files).toHaveLength(1)
    expect((await stat(path.join(dir(), files[0] ?? ''))).size).toBe(0)
  })

  test('a draft that a killed process left is removed, and one that is being written is not', async () => {
    const locks = new LockFiles(dir(), new FakeClock(0))
    // No process has this number on any system.
    await writeFile(path.join(dir(), '.draft-killed'), '999999999 1')
    await writeFile(path.join(dir(), '.draft-new'), '')
    const release = await locks.acquire('shared', never)
    await release()
    expect((await readdir(dir())).sort()).toEqual(['.draft-new', 'shared.1'])
  })

  test('an abort before the first look takes no lock', async () => {
    const locks = new LockFiles(dir(), new FakeClock(0))
    await expect(locks.acquire('shared', AbortSignal.abort(new LoginError('cancelled')))).rejects.toThrow(
      LoginError,
    )
    await (
      await locks.acquire('shared', never)
    )()
  })

  test('files are the user’s own', async () => {
    const locks = new LockFiles(path.join(dir(), 'locks'), new FakeClock(0))
    const release = await locks.acquire('shared', never)
    await expectMode(path.join(dir(), 'locks'), 0o700)
    await expectMode(path.join(dir(), 'locks', 'shared.1'), 0o600)
    await release()
  })
})
