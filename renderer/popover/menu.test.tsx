import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Morning } from '../../electron/contract/state.ts'
import { account, appState, NOW } from './fixtures.ts'
import { button, card, done, open, two, worked } from './opened.tsx'

afterEach(cleanup)

const items = (): string[] => screen.getAllByRole('menuitem').map(({ textContent }) => textContent)
const item = (name: string): HTMLElement => screen.getByRole('menuitem', { name })

describe('the menu of a card', () => {
  test('offers what the account can do', async () => {
    const { user } = open(two)
    await user.click(button('More for upstox'))
    expect(items()).toEqual([
      ...['Log in again', 'Copy as', 'Open kite.zerodha.com', 'Edit…', 'History', 'Copy support report'],
      ...['Pin to the top', 'Move up', 'Log out', 'Remove…'],
    ])
    await user.keyboard('{Escape}')
    cleanup()
    const { user: other } = open(appState([account({ canLogIn: false, freshness: 'none', pages: null })]))
    await other.click(button('More for zerodha-main'))
    expect(items()).toEqual(['Edit…', 'Remove…'])
  })

  test('is walked by the keyboard, and no key acts below it', async () => {
    const [copyToken, hide] = [worked(), done()]
    const { user } = open(two, { copyToken, hide })
    await user.click(button('More for upstox'))
    expect(document.activeElement).toBe(item('Log in again'))
    await user.keyboard('{ArrowUp}')
    expect(document.activeElement).toBe(item('Remove…'))
    await user.keyboard('{ArrowDown}c{ArrowRight}{ArrowDown}')
    expect(document.activeElement).toBe(item('Authorization header'))
    await user.keyboard('{ArrowLeft}')
    expect(document.activeElement).toBe(item('Log in again'))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(document.activeElement).toBe(button('More for upstox'))
    expect([...copyToken.mock.calls, ...hide.mock.calls]).toEqual([])
  })

  test('copies the token in the form that was chosen', async () => {
    const copyToken = worked()
    const { user } = open(two, { copyToken })
    await user.click(button('More for upstox'))
    await user.click(item('Copy as'))
    expect(items()).toEqual([
      'Token',
      'Authorization header',
      '.env lines',
      'JSON',
      'curl call',
      'Python',
      'Node',
    ])
    await user.click(item('curl call'))
    expect(copyToken.mock.calls).toEqual([[{ name: 'upstox', as: 'curl' }]])
    expect(screen.queryByRole('menu')).toBeNull()
  })

  test('opens by a right click, and closes by a click beside it', async () => {
    const { user } = open(two)
    await user.pointer({ target: card(/^upstox/), keys: '[MouseRight]' })
    const menu = screen.getByRole('menu', { name: 'More for upstox' })
    if (menu.parentElement !== null) await user.click(menu.parentElement)
    expect(screen.queryByRole('menu')).toBeNull()
  })

  test('logs out, pins and unpins', async () => {
    const [logout, pinAccount] = [worked(), worked()]
    const { user, receive } = open(two, { logout, pinAccount })
    await user.click(button('More for upstox'))
    await user.click(item('Log out'))
    await user.click(button('More for upstox'))
    await user.click(item('Pin to the top'))
    receive({ ...two, pinned: 'upstox' })
    await user.click(button('More for upstox'))
    await user.click(item('Unpin'))
    expect(logout.mock.calls).toEqual([[{ name: 'upstox' }]])
    expect(pinAccount.mock.calls).toEqual([[{ name: 'upstox' }], [{ name: null }]])
  })

  test.each([
    ['on', ['Leave out today', 'Leave out']],
    ['not-today', ['Include again', 'Leave out']],
    ['off', ['Include again']],
  ] as const)('offers the other choices of a morning that is %s', async (morning: Morning, choices) => {
    const setMorning = worked()
    const { user } = open(appState([account({ morning })]), { setMorning })
    await user.click(button('More for zerodha-main'))
    await user.click(item('Morning login'))
    expect(items()).toEqual(choices)
    await user.click(item(choices[0]))
    expect(setMorning).toHaveBeenCalledOnce()
  })

  test('removes an account only after a question, and Keep leads back', async () => {
    const removeAccount = worked()
    const { user } = open(two, { removeAccount })
    await user.click(button('More for upstox'))
    await user.click(item('Remove…'))
    expect(screen.getByRole('menu', { name: /^Remove upstox and its secrets/ })).toBeTruthy()
    expect(document.activeElement).toBe(item('Keep'))
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(button('More for upstox'))
    expect(removeAccount).not.toHaveBeenCalled()
    await user.click(button('More for upstox'))
    await user.click(item('Remove…'))
    await user.click(item('Remove'))
    expect(removeAccount.mock.calls).toEqual([[{ name: 'upstox' }]])
  })

  test('keeps the popover from hiding while it asks whether to remove', async () => {
    const hold = done()
    const { user } = open(two, { hold })
    await user.click(button('More for upstox'))
    expect(hold).not.toHaveBeenCalled()
    await user.click(item('Remove…'))
    expect(hold.mock.calls).toEqual([[{ isHeld: true }]])
    await user.click(item('Keep'))
    expect(hold.mock.calls).toEqual([[{ isHeld: true }], [{ isHeld: false }]])
  })

  test('asks for a window that is high enough', async () => {
    const fit = done()
    const { user } = open(two, { fit })
    await user.click(button('More for upstox'))
    vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(2_000)
    await user.click(item('Copy as'))
    expect(fit).toHaveBeenCalledWith({ height: 2_016 })
    vi.restoreAllMocks()
  })
})

test('the history tells day by day what became of the tokens, and leads back', async () => {
  const DAY = 24 * 60 * 60_000
  const getHistory = vi.fn(() =>
    Promise.resolve([
      { at: NOW - DAY, event: 'obtained', by: 'schedule' },
      { at: NOW - 60_000, event: 'obtained', by: 'schedule' },
      { at: NOW, event: 'copied', by: 'tray' },
    ]),
  )
  const [copyToken, hide] = [worked(), done()]
  const { user } = open(two, { getHistory, copyToken, hide })
  await user.click(button('More for upstox'))
  await user.click(item('History'))
  const panel = within(screen.getByRole('region', { name: 'History of upstox' }))
  expect(await panel.findByText('08:50:07 copied · tray')).toBeTruthy()
  expect(panel.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['12 Nov', '11 Nov'])
  await user.keyboard('{Control>}1{/Control}{Escape}')
  expect(screen.queryByRole('region', { name: 'History of upstox' })).toBeNull()
  expect(card(/^upstox/)).toBeTruthy()
  expect([...copyToken.mock.calls, ...hide.mock.calls]).toEqual([])
})
