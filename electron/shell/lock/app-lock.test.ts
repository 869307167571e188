import { expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { ObservableState } from '../../../tests/support/trading-desk.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { LoginError } from '../../core/errors.ts'
import { Secret } from '../../core/secret.ts'
import { LockPassphrase } from '../../services/lock/lock-passphrase.ts'
import { AppLock, type AppLockDeps } from './app-lock.ts'

const RIGHT = new Secret('correct horse')
const WRONG = new Secret('battery staple')
const MINUTE = 60_000

/** Returns a lock that is turned on and open, on a computer that is not in use. */
async function parts(replaced: Partial<AppLockDeps> = {}) {
  const clock = new FakeClock(1_000_000_000)
  const keychain = new MemoryKeychain()
  const store = new ObservableState()
  const passphrase = new LockPassphrase({ keychain, clock, cost: { N: 2, r: 1, p: 1 } })
  const desk = { usedAt: clock.now() }
  const shown: number[] = []
  const deps: AppLockDeps = {
    clock,
    store,
    passphrase: () => Promise.resolve(passphrase),
    idleMs: () => clock.now() - desk.usedAt,
    touchId: null,
    onChange: () => undefined,
    showPopover: () => void shown.push(clock.now()),
    ...replaced,
  }
  const lock = new AppLock(deps)
  await lock.turnOn(RIGHT, RIGHT)
  /** Lets another process change the settings. */
  const set = (part: object) =>
    store.update((state) => ({
      ...state,
      settings: { ...state.settings, lock: { ...state.settings.lock, ...part } },
    }))
  return { clock, keychain, store, passphrase, desk, shown, deps, lock, set }
}

test('is turned on by a passphrase that is typed the same twice, and is open then', async () => {
  const { lock, store } = await parts()
  expect(lock.view).toEqual({ isLocked: false, wish: null, touchId: false })
  expect(store.state.settings.lock.on).toBe(true)
  const other = new AppLock((await parts()).deps)
  expect(await other.turnOn(RIGHT, WRONG)).toMatchObject({ ok: false })
})

test('locks when nobody has used the computer for the chosen time, and not before', async () => {
  const { clock, desk, lock, set } = await parts()
  await set({ afterMinutes: 10 })
  clock.advance(9 * MINUTE)
  desk.usedAt = clock.now()
  clock.advance(10 * MINUTE - 1)
  expect(lock.isLocked).toBe(false)
  clock.advance(1)
  expect(lock.isLocked).toBe(true)
})

test('counts from the unlocking where the computer is used without keys', async () => {
  const { clock, lock, set } = await parts()
  await set({ afterMinutes: 10 })
  clock.advance(10 * MINUTE)
  await lock.unlock(RIGHT)
  clock.advance(10 * MINUTE - 1)
  expect(lock.isLocked).toBe(false)
  clock.advance(1)
  expect(lock.isLocked).toBe(true)
})

test('follows another time at once', async () => {
  const { clock, lock, set } = await parts()
  clock.advance(5 * MINUTE)
  await set({ afterMinutes: 4 })
  expect(lock.isLocked).toBe(true)
})

test('starts locked', async () => {
  const { deps } = await parts()
  expect(new AppLock(deps).isLocked).toBe(true)
})

test('answers a locked page only what shows, hides and unlocks', async () => {
  const { lock } = await parts()
  expect(lock.answers('popover', 'copyToken')).toBe(true)
  lock.lock()
  expect(lock.answers('popover', 'copyToken')).toBe(false)
  expect(lock.answers('account-form', 'save')).toBe(false)
  expect(lock.answers('settings', 'turnOffLock')).toBe(false)
  for (const request of ['getState', 'unlock', 'hide']) expect(lock.answers('popover', request)).toBe(true)
})

test('does what was wished for once it is unlocked, unless that takes long', async () => {
  const { clock, lock, shown } = await parts()
  const done: string[] = []
  lock.ask('copy', () => void done.push('at once'))
  lock.lock()
  lock.ask('copy', () => void done.push('a token'))
  lock.ask('copy the code', () => void done.push('a code'))
  expect([done, shown.length, lock.view?.wish]).toEqual([['at once'], 2, 'copy the code'])
  expect(await lock.unlock(WRONG)).toMatchObject({ ok: false })
  expect(done).toEqual(['at once'])
  await lock.unlock(RIGHT)
  expect(done).toEqual(['at once', 'a code'])
  lock.lock()
  lock.ask('copy', () => void done.push('too late'))
  clock.advance(3 * MINUTE)
  await lock.unlock(RIGHT)
  expect(done).toEqual(['at once', 'a code'])
})

test('refuses a copy while locked, whoever asks', async () => {
  const { lock } = await parts()
  await expect(lock.assertOpen()).resolves.toBeUndefined()
  lock.lock()
  await expect(lock.assertOpen()).rejects.toThrow('TokenTray is locked.')
})

test('is not turned off by a state file', async () => {
  const { deps, lock, set, store } = await parts()
  lock.lock()
  await set({ on: false })
  await lock.unlock(WRONG)
  expect([lock.isLocked, store.state.settings.lock.on]).toEqual([true, true])
  await set({ on: false })
  const restarted = new AppLock({ ...deps, store })
  await expect(restarted.assertOpen()).rejects.toThrow('locked')
  expect(restarted.isLocked).toBe(true)
})

test('is turned off by another process that took its item out of the keychain', async () => {
  const { lock, passphrase, set } = await parts()
  lock.lock()
  await passphrase.forget()
  await set({ on: false })
  await lock.turnOff(WRONG)
  expect([lock.isLocked, lock.view]).toEqual([false, null])
})

test('stays as it is when the keychain does not answer', async () => {
  const { keychain, lock, set } = await parts()
  lock.lock()
  keychain.get = () => Promise.reject(new LoginError('keychain-locked'))
  await set({ on: false })
  expect(await lock.unlock(RIGHT)).toMatchObject({ ok: false, message: expect.stringContaining('keychain') })
  expect(lock.isLocked).toBe(true)
})

test('is turned off only with the passphrase, also while open', async () => {
  const { keychain, lock, store } = await parts()
  expect(await lock.turnOff(WRONG)).toMatchObject({ ok: false, message: 'That is not the passphrase.' })
  expect(lock.view).not.toBe(null)
  expect(await lock.turnOff(RIGHT)).toEqual({ ok: true })
  expect([lock.view, store.state.settings.lock.on, await keychain.get('app lock')]).toEqual([
    null,
    false,
    null,
  ])
  lock.lock()
  expect(lock.isLocked).toBe(false)
})

test('takes Touch ID’s word, and says what it is for', async () => {
  const reasons: string[] = []
  let confirms = false
  const { lock } = await parts({
    touchId: (reason) => {
      reasons.push(reason)
      return confirms ? Promise.resolve() : Promise.reject(new Error('cancelled'))
    },
  })
  lock.lock()
  lock.ask('copy the code of main', () => undefined)
  expect(await lock.unlockByTouch()).toMatchObject({ ok: false })
  expect(lock.isLocked).toBe(true)
  confirms = true
  await lock.unlockByTouch()
  expect(lock.isLocked).toBe(false)
  expect(reasons).toContain('copy the code of main')
})

test('says how long the next try takes', async () => {
  const { clock, lock } = await parts()
  lock.lock()
  for (let tries = 0; tries < 3; tries += 1) await lock.unlock(WRONG)
  clock.advance(10_000)
  expect(await lock.unlock(RIGHT)).toEqual({
    ok: false,
    message: 'There were too many wrong tries. Try again in 20 seconds.',
  })
})
