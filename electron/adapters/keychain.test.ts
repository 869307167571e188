import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../tests/support/failure.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { Secret } from '../core/secret.ts'
import { SystemKeychain, type Keytar } from './keychain.ts'

/** keytar as it behaves on a working keychain, with what it was asked. */
class FakeKeytar implements Keytar {
  readonly items = new Map<string, string>()
  readonly services = new Set<string>()

  getPassword(service: string, account: string): Promise<string | null> {
    this.services.add(service)
    return Promise.resolve(this.items.get(account) ?? null)
  }

  setPassword(service: string, account: string, password: string): Promise<void> {
    this.services.add(service)
    this.items.set(account, password)
    return Promise.resolve()
  }

  deletePassword(service: string, account: string): Promise<boolean> {
    this.services.add(service)
    return Promise.resolve(this.items.delete(account))
  }
}

/** keytar on a keychain that does not work: reads give null as if empty, writes fail with `words`. */
function failing(words: string): FakeKeytar {
  const keytar = new FakeKeytar()
  keytar.getPassword = () => Promise.resolve(null)
  keytar.setPassword = () => Promise.reject(new Error(words))
  keytar.deletePassword = () => Promise.resolve(false)
  return keytar
}

const keychainOf = (keytar: Keytar): SystemKeychain =>
  new SystemKeychain('TokenTray test', () => Promise.resolve(keytar))

describe('a keychain that works', () => {
  test('gives back what was stored, until it is deleted, under our name only', async () => {
    const keytar = new FakeKeytar()
    const keychain = keychainOf(keytar)
    await keychain.set('main/password', new Secret('pässwörd ₹'))
    expect((await keychain.get('main/password'))?.reveal()).toBe('pässwörd ₹')
    await keychain.delete('main/password')
    expect(await keychain.get('main/password')).toBe(null)
    await keychain.delete('main/password')
    expect(keytar.services).toEqual(new Set(['TokenTray test']))
  })

  test('is believed when it has nothing, and keeps no canary', async () => {
    const keytar = new FakeKeytar()
    expect(await keychainOf(keytar).get('main/password')).toBe(null)
    await keychainOf(keytar).check()
    expect(keytar.items.size).toBe(0)
  })

  test('is not asked twice about something it has', async () => {
    const keytar = new FakeKeytar()
    await keychainOf(keytar).set('a', new Secret('b'))
    keytar.setPassword = () => Promise.reject(new Error('no canary is needed'))
    expect((await keychainOf(keytar).get('a'))?.reveal()).toBe('b')
  })

  test('is checked by two at once without one deleting what the other is about to read', async () => {
    const keytar = new FakeKeytar()
    const slow = new FakeKeytar()
    const written = gate()
    const goOn = gate()
    slow.setPassword = async (...item) => {
      await keytar.setPassword(...item)
      written.open()
      await goOn.opened
    }
    slow.getPassword = (...item) => keytar.getPassword(...item)
    slow.deletePassword = (...item) => keytar.deletePassword(...item)
    const slowCheck = keychainOf(slow).check()
    await written.opened
    await keychainOf(keytar).check()
    goOn.open()
    await slowCheck
    expect(keytar.items.size).toBe(0)
  })

  test('of Windows is handed no item of more than its 2,560 bytes, and gives back what is longer', async () => {
    const keytar = new FakeKeytar()
    const keychain = new SystemKeychain('service', () => Promise.resolve(keytar), 'win32')
    const texts = ['x'.repeat(2_560), 'x'.repeat(2_561), '₹'.repeat(2_000), '𝒜é'.repeat(5_000)]
    for (const text of texts) {
      await keychain.set('main/token', new Secret(text))
      expect((await keychain.get('main/token'))?.reveal()).toBe(text)
      const sizes = [...keytar.items.values()].map((item) => Buffer.byteLength(item))
      expect(Math.max(...sizes)).toBeLessThanOrEqual(2_560)
    }
    await keychain.set('main/token', new Secret('short again'))
    expect([...keytar.items]).toEqual([['main/token', 'short again']])
    await keychain.set('main/token', new Secret('y'.repeat(9_000)))
    await keychain.delete('main/token')
    expect(keytar.items.size).toBe(0)
  })

  test('elsewhere keeps a long one in one piece', async () => {
    const keytar = new FakeKeytar()
    const keychain = new SystemKeychain('service', () => Promise.resolve(keytar), 'linux')
    await keychain.set('main/token', new Secret('x'.repeat(9_000)))
    expect([...keytar.items.keys()]).toEqual(['main/token'])
  })

  test('is loaded only when it is first used', async () => {
    let loads = 0
    const keychain = new SystemKeychain('x', () => {
      loads++
      return Promise.resolve(new FakeKeytar())
    })
    expect(loads).toBe(0)
    await keychain.check()
    expect(loads).toBe(1)
  })
})

describe('a keychain that does not work', () => {
  const ways: [string, string, string][] = [
    ['locked', 'Cannot create an item in a locked collection', 'keychain-locked'],
    [
      'never opened',
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'keychain-locked',
    ],
    ['not unlocked by the user', 'The prompt was dismissed', 'keychain-locked'],
    ['refused by macOS', 'User interaction is not allowed.', 'keychain-locked'],
    ['cancelled on macOS', 'User canceled the operation.', 'keychain-locked'],
    ['without a session bus', 'The given address is empty', 'keychain-missing'],
    [
      'without a service',
      'The name org.freedesktop.secrets was not provided by any .service files',
      'keychain-missing',
    ],
    ['without a display', 'Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-missing'],
  ]

  test.each(ways)('(%s) is never taken for an empty one: “%s” is %s', async (_how, words, kind) => {
    const keychain = keychainOf(failing(words))
    for (const call of [
      () => keychain.get('a'),
      () => keychain.set('a', new Secret('b')),
      () => keychain.check(),
    ])
      expect((await loginFailure(call())).kind).toBe(kind)
  })

  test('because it forgets what was just written is locked', async () => {
    const keytar = new FakeKeytar()
    keytar.getPassword = () => Promise.resolve(null)
    expect((await loginFailure(keychainOf(keytar).get('a'))).kind).toBe('keychain-locked')
  })

  test('because its native part can’t be loaded is missing', async () => {
    const keychain = new SystemKeychain('x', () => Promise.reject(new Error('libsecret-1.so.0: not found')))
    expect((await loginFailure(keychain.get('a'))).kind).toBe('keychain-missing')
    expect((await loginFailure(keychain.delete('a'))).kind).toBe('keychain-missing')
  })

  test('says nothing of what was to be stored', async () => {
    const keychain = keychainOf(failing('Cannot create an item in a locked collection'))
    const error = await loginFailure(keychain.set('a', new Secret('SECRETISH')))
    expect(JSON.stringify(error.toProblem(0))).not.toContain('SECRETISH')
  })
})
