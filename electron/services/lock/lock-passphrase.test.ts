import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { Secret } from '../../core/secret.ts'
import { LockPassphrase } from './lock-passphrase.ts'

const ITEM = 'app lock'
/** What the keychain holds, as far as these tests look at it. */
const Kept = z.looseObject({ hash: z.string(), wrong: z.number() })
type Kept = z.infer<typeof Kept>
const RIGHT = new Secret('correct horse')
const WRONG = new Secret('battery staple')
const START = 1_000_000_000

/** Returns a passphrase that is set, with a cost that tests can pay. */
async function parts() {
  const keychain = new MemoryKeychain()
  const clock = new FakeClock(START)
  const open = (): LockPassphrase => new LockPassphrase({ keychain, clock, cost: { N: 2, r: 1, p: 1 } })
  const lock = open()
  await lock.set(RIGHT)
  const kept = async (): Promise<Kept> => Kept.parse(JSON.parse((await keychain.get(ITEM))?.reveal() ?? ''))
  return { keychain, clock, lock, open, kept }
}

/** Makes wrong tries, waiting as long as each asks for, and returns the waits in seconds. */
async function waitsOf(lock: LockPassphrase, clock: FakeClock, tries: number): Promise<number[]> {
  const waits: number[] = []
  for (let made = 0; made < tries; made += 1) {
    const verdict = await lock.try(WRONG)
    if (verdict.is !== 'wrong') throw new Error(`unexpectedly ${verdict.is}`)
    const wait = verdict.until === null ? 0 : verdict.until - clock.now()
    waits.push(wait / 1000)
    clock.advance(wait)
  }
  return waits
}

describe('the lock’s passphrase', () => {
  test('is told from any other', async () => {
    const { lock } = await parts()
    expect(await lock.try(RIGHT)).toEqual({ is: 'right' })
    expect(await lock.try(WRONG)).toMatchObject({ is: 'wrong' })
    expect(await lock.try(new Secret(''))).toMatchObject({ is: 'wrong' })
  })

  test('is the same however a keyboard makes its accents', async () => {
    const { lock } = await parts()
    await lock.set(new Secret('caf\u00e9 au lait'))
    expect(await lock.try(new Secret('cafe\u0301 au lait'))).toEqual({ is: 'right' })
  })

  test('is kept nowhere, and each time under another salt', async () => {
    const { lock, kept } = await parts()
    const first = await kept()
    expect(JSON.stringify(first)).not.toContain(RIGHT.reveal())
    expect(Buffer.from(first.hash, 'base64')).toHaveLength(32)
    await lock.set(RIGHT)
    expect((await kept()).hash).not.toBe(first.hash)
  })

  test('has six characters or more', async () => {
    const { lock } = await parts()
    await expect(lock.set(new Secret('12345'))).rejects.toThrow('too short')
    await expect(lock.set(new Secret('123456'))).resolves.toBeUndefined()
  })

  test('may be tried thrice, then ever more slowly, up to an hour', async () => {
    const { lock, clock } = await parts()
    expect(await waitsOf(lock, clock, 11)).toEqual([0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
  })

  test('is not even judged before the wait is over', async () => {
    const { lock, clock } = await parts()
    for (let made = 0; made < 3; made += 1) await lock.try(WRONG)
    clock.advance(29_999)
    expect(await lock.try(RIGHT)).toEqual({ is: 'too soon', until: START + 30_000 })
    clock.advance(1)
    expect(await lock.try(RIGHT)).toEqual({ is: 'right' })
  })

  test('has its tries counted over a restart, and from the start after a right one', async () => {
    const { lock, open } = await parts()
    for (let made = 0; made < 3; made += 1) await lock.try(WRONG)
    expect(await open().try(RIGHT)).toMatchObject({ is: 'too soon' })
    const { lock: other } = await parts()
    await other.try(WRONG)
    await other.try(WRONG)
    await other.try(RIGHT)
    expect(await other.try(WRONG)).toEqual({ is: 'wrong', until: null })
  })

  test('has a try counted before it is judged, so that a crash gives none away', async () => {
    const { keychain, lock, kept } = await parts()
    const counts: number[] = []
    const set = keychain.set.bind(keychain)
    keychain.set = async (key, value) => {
      await set(key, value)
      counts.push((await kept()).wrong)
    }
    await lock.try(RIGHT)
    expect(counts).toEqual([1, 0])
  })

  test('is waited for no longer when the clock is set back', async () => {
    const { lock, clock } = await parts()
    for (let made = 0; made < 3; made += 1) await lock.try(WRONG)
    clock.advance(-500_000)
    expect(await lock.try(RIGHT)).toEqual({ is: 'too soon', until: START - 470_000 })
  })

  test('is missing when its item is gone or damaged, and never right', async () => {
    const { keychain, lock } = await parts()
    await keychain.set(ITEM, new Secret('{}'))
    expect([await lock.isSet(), await lock.try(RIGHT)]).toEqual([true, { is: 'missing' }])
    await lock.forget()
    expect([await lock.isSet(), await lock.try(RIGHT)]).toEqual([false, { is: 'missing' }])
  })
})
