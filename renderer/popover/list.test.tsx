import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { account, appState, code, problem, question } from './fixtures.ts'
import { button, card, cardNames, done, open, two, worked } from './opened.tsx'

afterEach(cleanup)

describe('a list of five and more', () => {
  const stuck = account({ name: 'stuck', freshness: 'expired', problem: problem(), toEnter: 'PIN' })
  const five = appState([
    account({ name: 'a', totp: code }),
    account({ name: 'b', totp: code }),
    account({ name: 'c', totp: code }),
    account({ name: 'd', totp: code }),
    stuck,
  ])

  test('has lines with code and copy at hand, and unfolds the marked account', async () => {
    const [copyToken, copyCode] = [worked(), worked()]
    const { user } = open(five, { copyToken, copyCode })
    const line = within(card(/^b /))
    expect(line.queryByRole('button', { name: 'More for b' })).toBeNull()
    await user.click(line.getByRole('button', { name: 'Copy token of b' }))
    await user.click(line.getByRole('button', { name: /^Copy code/ }))
    expect([copyToken.mock.calls, copyCode.mock.calls]).toEqual([[[{ name: 'b' }]], [[{ name: 'b' }]]])
    expect(line.queryByRole('button', { name: 'More for b' })).toBeNull()
    await user.click(line.getByRole('heading'))
    expect(line.getByRole('button', { name: 'More for b' })).toBeTruthy()
  })

  test('puts what is in trouble first while it lasts, with its button', async () => {
    const openAccountForm = done()
    const { user, receive } = open(five, { openAccountForm })
    expect(cardNames()).toEqual(['stuck', 'a', 'b', 'c', 'd'])
    await user.keyboard('{ArrowDown}')
    await user.click(within(card(/^stuck/)).getByRole('button', { name: 'Change PIN… (stuck)' }))
    expect(openAccountForm.mock.calls).toEqual([[{ name: 'stuck' }]])
    receive({ ...five, accounts: [...five.accounts.slice(0, 4), account({ name: 'stuck' })] })
    expect(cardNames()).toEqual(['a', 'b', 'c', 'd', 'stuck'])
  })

  test('keeps the order of a short list, but for the pinned account', () => {
    open({ ...appState([account({ name: 'a' }), stuck, account({ name: 'b' })]), pinned: 'b' })
    expect(cardNames()).toEqual(['b', 'a', 'stuck'])
  })
})

test('the summary shows only what is not ready, and all again', async () => {
  const expired = account({ name: 'expired', freshness: 'expired' })
  const { user, receive } = open(appState([account({ name: 'ready' }), expired]))
  await user.click(button(/^1 of 2 ready/))
  expect(cardNames()).toEqual(['expired'])
  await user.click(button(/^1 of 2 ready/))
  expect(cardNames()).toEqual(['ready', 'expired'])
  await user.click(button(/^1 of 2 ready/))
  receive(appState([account({ name: 'ready' }), account({ name: 'expired' })]))
  expect(cardNames()).toEqual(['ready', 'expired'])
  expect(screen.queryByRole('button', { name: /of 2 ready/ })).toBeNull()
})

test('the summary leaves the focus where a code is typed', async () => {
  const login = { step: 3, total: 6, label: 'Checking the code' }
  const asking = account({ freshness: 'none', login, question })
  const { user } = open(appState([asking, account({ name: 'ready' })]))
  const input = screen.getByRole('textbox', { name: 'Kite app code' })
  expect(document.activeElement).toBe(input)
  await user.click(button(/^1 of 2 ready/))
  expect(document.activeElement).toBe(input)
})

test('a token that was copied by the mouse hides the popover once that was seen', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  try {
    const hide = done()
    const { user } = open(two, { hide })
    await user.click(button('Copy token of upstox'))
    expect(hide).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(600)
    expect(hide).toHaveBeenCalledOnce()
    await user.keyboard('{Shift>}')
    await user.click(button('Copy token of upstox'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(hide).toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
  }
})
