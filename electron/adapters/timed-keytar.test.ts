import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { SystemKeychain, type Keytar } from './keychain.ts'
import { KEYCHAIN_LIMIT_MS, TimedKeytar, type KeytarLimits } from './timed-keytar.ts'

/** keytar on a keychain that asks for its password, with the calls that wait for an answer. */
function asking(limits: Partial<KeytarLimits> = {}) {
  const clock = new FakeClock(0)
  const open: (() => void)[] = []
  const wait = async <T>(answer: T): Promise<T> => {
    await new Promise<void>((resolve) => open.push(resolve))
    return answer
  }
  const real: Keytar = {
    getPassword: () => wait('value'),
    setPassword: () => wait(undefined),
    deletePassword: () => wait(true),
  }
  const keytar = new TimedKeytar(() => Promise.resolve(real), {
    clock,
    limitMs: KEYCHAIN_LIMIT_MS,
    ...limits,
  })
  const keychain = new SystemKeychain('test', () => keytar.loaded())
  const answerAll = (): void => {
    for (const answer of open.splice(0)) answer()
  }
  return { clock, keytar, keychain, open, answerAll }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a keychain that nobody answers', () => {
  test('is given up after a minute, with what to do', async () => {
    const { clock, keychain, keytar } = asking()
    const failure = loginFailure(keychain.get('a'))
    await clock.untilWaitingFor(KEYCHAIN_LIMIT_MS)
    expect(keytar.isStuck).toBe(false)
    clock.advance(KEYCHAIN_LIMIT_MS)
    const error = await failure
    expect([error.kind, error.message]).toEqual([
      'keychain-locked',
      'The system keychain did not answer within 60 s.',
    ])
    expect(error.next).toContain('unlock it there')
    expect(keytar.isStuck).toBe(true)
  })

  test('is not asked again while it hangs, and is once it has answered', async () => {
    const { answerAll, clock, keychain, keytar, open } = asking()
    const failure = loginFailure(keychain.get('a'))
    await settled()
    clock.advance(KEYCHAIN_LIMIT_MS)
    await failure
    expect((await loginFailure(keychain.get('b'))).kind).toBe('keychain-locked')
    expect(open).toHaveLength(1)
    answerAll()
    await settled()
    expect(keytar.isStuck).toBe(false)
    const second = keychain.get('b')
    await settled()
    answerAll()
    expect((await second)?.reveal()).toBe('value')
  })

  test('holds two threads at most: what waits behind them is given up too, and never begun', async () => {
    const { answerAll, clock, keychain, open } = asking()
    const failures = ['a', 'b', 'c', 'd'].map((key) => loginFailure(keychain.get(key)))
    await settled()
    expect(open).toHaveLength(2)
    clock.advance(KEYCHAIN_LIMIT_MS)
    expect((await Promise.all(failures)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => 'keychain-locked'),
    )
    answerAll()
    await settled()
    expect(open).toHaveLength(0)
  })

  test('is waited for where somebody is there', async () => {
    const { answerAll, clock, keychain } = asking({ limitMs: null })
    const value = keychain.get('a')
    await settled()
    clock.advance(60 * KEYCHAIN_LIMIT_MS)
    answerAll()
    expect((await value)?.reveal()).toBe('value')
  })
})

test('all calls get their turn, and no timer is left behind', async () => {
  const { answerAll, clock, keychain, open } = asking()
  const values = Promise.all(['a', 'b', 'c'].map((key) => keychain.get(key)))
  for (const running of [2, 1]) {
    await settled()
    expect(open).toHaveLength(running)
    answerAll()
  }
  expect((await values).map((value) => value?.reveal())).toEqual(['value', 'value', 'value'])
  const { isStuck } = asking().keytar
  clock.advance(KEYCHAIN_LIMIT_MS)
  expect(isStuck).toBe(false)
})

test('what takes a moment is told of, what does not is not', async () => {
  let told = 0
  const { answerAll, clock, keychain } = asking({ onSlow: () => told++ })
  const quick = keychain.get('a')
  await settled()
  answerAll()
  await quick
  clock.advance(500)
  expect(told).toBe(0)
  const slow = keychain.get('b')
  await settled()
  clock.advance(500)
  expect(told).toBe(1)
  answerAll()
  await slow
})
