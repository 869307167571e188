import { beforeEach, expect, test, vi } from 'vitest'
import { devDependencies } from '../../../package.json'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import type { SignInPage } from '../../core/login/assisted.ts'
import { signInByWindow } from './sign-in.ts'

const opened = vi.hoisted((): string[] => [])

vi.mock('./sign-in-window.ts', () => ({
  signInWindow:
    () =>
    ({ address }: SignInPage): Promise<URL> => {
      opened.push(address.href)
      return Promise.resolve(address)
    },
}))

beforeEach(() => {
  opened.length = 0
})

const REAL = 'https://broker.example/sign-in'
const PRACTICE = 'http://127.0.0.1:9/sign-in'

/** Signs in at an address in a window of an Electron. */
async function signIn(address: string, electron: string): Promise<unknown> {
  const { accounts, clock } = await madeUpDomain()
  const show = signInByWindow(
    () => accounts.open('main'),
    {
      ...{ clock, keychain: new MemoryKeychain() },
      lock: { answers: () => true },
      codes: { current: () => Promise.reject(new Error('unexpected')) },
      copyCode: () => Promise.resolve({ ok: true }),
      copyText: () => Promise.resolve(),
    },
    electron,
  )
  const page: SignInPage = {
    address: new URL(address),
    isEnd: () => false,
    refuse: () => Promise.reject(new Error('unexpected')),
  }
  return show(page, new AbortController().signal)
}

test('a supported Electron shows the broker’s own page', async () => {
  await signIn(REAL, devDependencies.electron)
  expect(opened).toEqual([REAL])
})

test('one past its support shows none, and names the way by the user’s own browser', async () => {
  await expect(signIn(REAL, '33.3.0')).rejects.toMatchObject({
    message: expect.stringContaining('Electron 33.3.0, which gets no more security repairs'),
    next: 'Sign in in your own browser: type “tokentray login main” in a terminal.',
  })
  expect(opened).toEqual([])
})

test('it still shows a practice broker’s', async () => {
  await signIn(PRACTICE, '33.3.0')
  expect(opened).toEqual([PRACTICE])
})
