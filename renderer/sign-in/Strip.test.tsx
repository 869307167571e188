import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { SignInBridge, SignInView } from '../../electron/contract/sign-in.ts'
import { createClock, type ClockSource } from '../shared/clock.ts'
import { ClockContext } from '../shared/useNow.ts'
import { Strip } from './Strip.tsx'

afterEach(cleanup)

const NOON = Date.UTC(2025, 10, 12, 6, 30)
const source: ClockSource = {
  read: () => NOON + 12_000,
  zone: () => -330,
  later: () => () => undefined,
  hidden: () => false,
  onVisibility: () => undefined,
}

const shown: SignInView = {
  account: 'zerodha-main',
  host: 'kite.zerodha.com',
  loginId: { label: 'User ID', value: 'AB1234' },
  code: { code: '492039', next: '107458', startsAt: NOON, endsAt: NOON + 30_000 },
}

async function open(part: Partial<SignInBridge> = {}) {
  const listeners: (() => void)[] = []
  const bridge: SignInBridge = {
    describe: () => Promise.resolve(shown),
    copyCode: () => Promise.resolve({ ok: true }),
    copyLoginId: () => Promise.resolve({ ok: true }),
    fit: () => Promise.resolve(undefined),
    on: (_event, listener) => {
      listeners.push(() => void Reflect.apply(listener, null, [{ host: '' }]))
      return () => undefined
    },
    ...part,
  }
  await act(async () => {
    render(
      <ClockContext value={createClock(source)}>
        <Strip bridge={bridge} />
      </ClockContext>,
    )
    await Promise.resolve()
  })
  const moved = (): Promise<void> =>
    act(async () => {
      for (const listener of listeners) listener()
      await Promise.resolve()
    })
  return { user: userEvent.setup(), moved }
}

test('says whose page is below, and shows what to type there', async () => {
  await open()
  expect(screen.getByRole('heading').textContent).toBe('kite.zerodha.com for zerodha-main')
  expect(screen.getByText('AB1234')).toBeTruthy()
  expect(screen.getByText('492 039')).toBeTruthy()
  expect(screen.getByText('18 s')).toBeTruthy()
})

test('copies code and user ID, and says so', async () => {
  const [copyCode, copyLoginId] = [
    vi.fn(() => Promise.resolve({ ok: true as const })),
    vi.fn(() => Promise.resolve({ ok: true as const })),
  ]
  const { user } = await open({ copyCode, copyLoginId })
  await user.click(screen.getByRole('button', { name: 'Copy code' }))
  expect(copyCode).toHaveBeenCalledOnce()
  expect(screen.getByRole('status').textContent).toBe('Code copied')
  await user.click(screen.getByRole('button', { name: 'Copy User ID' }))
  expect(copyLoginId).toHaveBeenCalledOnce()
  expect(screen.getByRole('status').textContent).toBe('User ID copied')
})

test('follows the page below to another host', async () => {
  const hosts = ['kite.zerodha.com', 'elsewhere.example']
  const describe = () => Promise.resolve({ ...shown, host: hosts.shift() ?? '' })
  const { moved } = await open({ describe })
  await moved()
  expect(screen.getByRole('heading').textContent).toContain('elsewhere.example')
})

test('shows nothing while the app is locked, and no code where none is known', async () => {
  await open({ describe: () => Promise.reject(new Error('refused')) })
  expect(screen.queryByRole('main')).toBeNull()
  cleanup()
  await open({ describe: () => Promise.resolve({ ...shown, code: null, loginId: null }) })
  expect(screen.queryByRole('button')).toBeNull()
})
