import { act, cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { account, appState, code, NOW, problem, question } from './fixtures.ts'
import { button, card, cardNames, done, failed, open, two, worked } from './opened.tsx'

afterEach(cleanup)

describe('the keyboard', () => {
  test('starts at the first account, goes from card to card and stays at the ends', async () => {
    const { user } = open(two)
    expect(document.activeElement).toBe(card(/^zerodha-main/))
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(document.activeElement).toBe(card(/^upstox/))
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(document.activeElement).toBe(card(/^zerodha-main/))
  })

  test('copies the token by Enter and hides, by Shift+Enter stays, and copies the code by Ctrl+C', async () => {
    const [copyToken, copyCode, hide] = [worked(), worked(), done()]
    const { user } = open(two, { copyToken, copyCode, hide })
    await user.keyboard('{ArrowDown}{Shift>}{Enter}{/Shift}{Control>}c{/Control}')
    expect(copyToken.mock.calls).toEqual([[{ name: 'upstox' }]])
    expect(copyCode.mock.calls).toEqual([[{ name: 'upstox' }]])
    expect(hide).not.toHaveBeenCalled()
    await user.keyboard('{Control>}1{/Control}')
    expect(copyToken).toHaveBeenLastCalledWith({ name: 'zerodha-main' })
    await vi.waitFor(() => {
      expect(hide).toHaveBeenCalledOnce()
    })
  })

  test('hides nothing when the token could not be copied', async () => {
    const hide = done()
    const { user } = open(two, { copyToken: failed({ message: 'The keychain is locked.' }), hide })
    await user.keyboard('{Enter}')
    expect(await screen.findByText(/^The keychain is locked\./)).toBeTruthy()
    expect(hide).not.toHaveBeenCalled()
  })

  test('tells its keys, and those of an account without a token', async () => {
    const none = account({ name: 'none', freshness: 'none' })
    const { user } = open(appState([account({ totp: code }), none]))
    expect(screen.getByText('↵ Copy token · Ctrl+C Code · Type to search')).toBeTruthy()
    await user.keyboard('{ArrowDown}')
    expect(screen.getByText('Ctrl+L Log in · Type to search')).toBeTruthy()
  })

  test('never acts by letters', async () => {
    const [copyCode, login] = [worked(), worked()]
    const { user } = open(appState([account({ freshness: 'none', totp: code })]), { copyCode, login })
    await user.keyboard('algoc')
    expect([...copyCode.mock.calls, ...login.mock.calls]).toEqual([])
  })

  test('presses a focused button, and copies no token by that', async () => {
    const [copyToken, openSettings] = [worked(), done()]
    const { user } = open(two, { copyToken, openSettings })
    button('Settings').focus()
    await user.keyboard('{Enter}')
    expect(openSettings).toHaveBeenCalledOnce()
    expect(copyToken).not.toHaveBeenCalled()
  })

  test('moves an account, and says where it is now', async () => {
    const moveAccount = worked()
    const { user } = open(two, { moveAccount })
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    expect(moveAccount.mock.calls).toEqual([[{ name: 'zerodha-main', before: null }]])
    expect(await screen.findByText('zerodha-main is now 2 of 2.')).toBeTruthy()
  })

  test('leads to the details where a login would only fail again', async () => {
    const [login, openAccountForm] = [worked(), done()]
    const stuck = account({ freshness: 'expired', problem: problem() })
    const { user } = open(appState([stuck]), { login, openAccountForm })
    await user.keyboard('{Control>}l{/Control}')
    expect(openAccountForm.mock.calls).toEqual([[{ name: 'zerodha-main' }]])
    expect(login).not.toHaveBeenCalled()
  })
})

describe('the search', () => {
  const nine = appState(Array.from({ length: 9 }, (_, index) => account({ name: `account-${index + 1}` })))

  test('takes letters from two accounts on, and Enter copies the first found', async () => {
    const copyToken = worked()
    const { user } = open(two, { copyToken })
    await user.keyboard('ups')
    expect(screen.getByRole('searchbox')).toHaveProperty('value', 'ups')
    expect(cardNames()).toEqual(['upstox'])
    await user.keyboard('{Enter}')
    expect(copyToken.mock.calls).toEqual([[{ name: 'upstox' }]])
    cleanup()
    open(appState([account()]))
    expect(screen.queryByRole('searchbox')).toBeNull()
  })

  test('goes on to the next found by an arrow', async () => {
    const { user } = open(nine)
    await user.keyboard('account{ArrowDown}')
    expect(document.activeElement).toBe(card(/^account-2/))
    expect(screen.getByText('9 of 9')).toBeTruthy()
  })

  test('is empty at the next opening, which starts at the first account', async () => {
    const { user } = open(nine)
    await user.keyboard('account-7')
    expect(cardNames()).toEqual(['account-7'])
    act(() => {
      vi.spyOn(document, 'hidden', 'get').mockReturnValueOnce(true)
      document.dispatchEvent(new Event('visibilitychange'))
    })
    expect(cardNames()).toHaveLength(9)
    expect(document.activeElement).toBe(card(/^account-1/))
  })

  test('is emptied by the first Escape, and the second hides the page', async () => {
    const hide = done()
    const { user } = open(nine, { hide })
    await user.type(screen.getByRole('searchbox'), 'account-7{Escape}')
    expect(cardNames()).toHaveLength(9)
    expect(hide).not.toHaveBeenCalled()
    await user.keyboard('{Escape}')
    expect(hide).toHaveBeenCalledOnce()
  })

  test('takes letters that are keys elsewhere, and says when it finds nothing', async () => {
    const [copyCode, login] = [worked(), worked()]
    const { user } = open(nine, { copyCode, login })
    await user.type(screen.getByRole('searchbox'), 'cl')
    expect(screen.getByText(/^No account matches/)).toBeTruthy()
    expect(copyCode).not.toHaveBeenCalled()
    expect(login).not.toHaveBeenCalled()
    await user.click(button('Show all'))
    expect(cardNames()).toHaveLength(9)
  })
})

describe('copying', () => {
  test('confirms at the button that was pressed, once the clipboard has it', async () => {
    const copyToken = worked()
    const { user, receive } = open(two, { copyToken })
    await user.click(button('Copy token of upstox'))
    expect(copyToken.mock.calls).toEqual([[{ name: 'upstox' }]])
    expect(screen.queryByText(/^✓/)).toBeNull()
    receive({
      ...two,
      clipboard: { account: 'upstox', what: 'token', copiedAt: NOW, clearsAt: NOW + 30_000 },
    })
    expect(within(card(/^upstox/)).getByText('✓ 30 s')).toBeTruthy()
    expect(within(card(/^zerodha-main/)).queryByText(/^✓/)).toBeNull()
    expect(screen.getByText('Access token of upstox copied.')).toBeTruthy()
  })

  test('that fails says so on the card, until the account’s state changes', async () => {
    const { user, receive } = open(two, { copyToken: failed({ message: 'The keychain is locked.' }) })
    await user.click(button('Copy token of upstox'))
    const note = () => within(card(/^upstox/)).queryByText(/^The keychain is locked\./)
    expect(note()).toBeTruthy()
    receive({ ...two, hour12: true, accounts: two.accounts.map((one) => ({ ...one })) })
    expect(note()).toBeTruthy()
    receive({ ...two, accounts: two.accounts.map((one) => ({ ...one, freshness: 'expiring' })) })
    expect(note()).toBeNull()
  })
})

describe('a login that asks for a code', () => {
  const asking = account({
    freshness: 'none',
    login: { step: 3, total: 6, label: 'Checking the code' },
    question,
  })

  test('takes the focus, only digits, and sends them by Enter', async () => {
    const answerCode = worked()
    const { user } = open(appState([asking]), { answerCode })
    const input = screen.getByRole('textbox', { name: 'Kite app code' })
    expect(document.activeElement).toBe(input)
    await user.keyboard('49 20c39{Enter}')
    expect(answerCode.mock.calls).toEqual([[{ name: 'zerodha-main', code: '492039' }]])
  })

  test('is cancelled by Escape, which hides nothing', async () => {
    const [cancelLogin, hide] = [worked(), done()]
    const { user } = open(appState([asking]), { cancelLogin, hide })
    await user.keyboard('{Escape}')
    expect(cancelLogin.mock.calls).toEqual([[{ name: 'zerodha-main' }]])
    expect(hide).not.toHaveBeenCalled()
  })

  test('begins anew with an empty input when the broker asks again', async () => {
    const { user, receive } = open(appState([asking]))
    await user.keyboard('111111')
    receive(appState([{ ...asking, question: { ...question, askedAt: NOW, again: true } }]))
    expect(screen.getByRole('textbox', { name: 'Kite app code' })).toHaveProperty('value', '')
  })
})

describe('a problem', () => {
  const stuck = (part: Parameters<typeof problem>[0], more = {}) =>
    appState([account({ freshness: 'expired', problem: problem(part), ...more })])

  test('leads to the broker’s page by its name, and never by an address', async () => {
    const openPage = done()
    const { user } = open(stuck({ kind: 'subscription' }), { openPage })
    await user.click(button(/^Open developers.kite.trade/))
    expect(openPage.mock.calls).toEqual([[{ name: 'zerodha-main', page: 'developers' }]])
  })

  test.each(['account-locked', 'consent-required'] as const)(
    '%s is explained by the broker’s name',
    async (kind) => {
      const { user } = open(stuck({ kind }))
      await user.click(button(/^Why\?/))
      expect(screen.getByRole('note').textContent).toMatch(/\bZerodha\b(?!.*the broker)/i)
    },
  )

  test('with a known address that the broker does not accept lets it be copied', async () => {
    const copyAddress = worked()
    const refused = { kind: 'ip-not-allowed' } as const
    const { user, receive } = open(stuck(refused), { copyAddress })
    expect(screen.queryByRole('button', { name: /^Copy address/ })).toBeNull()
    receive(stuck(refused, { refusedAddress: '203.0.113.7' }))
    await user.click(button(/^Copy address/))
    expect(copyAddress).toHaveBeenCalledWith({ name: 'zerodha-main' })
    expect(button(/^Copy address/).textContent).toBe('✓ Copied')
    expect(screen.getByText('Address copied.')).toBeTruthy()
  })

  test('that wants a pause counts down, and logs in only after it', async () => {
    const login = worked()
    const waiting = { kind: 'rate-limited', message: 'Zerodha wants a pause.' } as const
    const { user, receive } = open(stuck(waiting, { pausedUntil: NOW + 222_000 }), { login })
    const again = button(/^Try again/)
    expect(again.textContent).toBe('Try again at 08:54 · 3:42')
    await user.click(again)
    expect(login).not.toHaveBeenCalled()
    receive(stuck(waiting, { pausedUntil: NOW }))
    await user.click(button(/^Try again/))
    expect(login).toHaveBeenCalledOnce()
  })
})

test('the popover’s header is its handle, but for the buttons in it', async () => {
  const moveBy = done()
  const { user } = open(two, { moveBy })
  const grab = (target: Element): Promise<unknown> =>
    user.pointer([
      { keys: '[MouseLeft>]', target, coords: { screenX: 100, screenY: 50 } },
      { target, coords: { screenX: 90, screenY: 80 } },
      { keys: '[/MouseLeft]', target },
    ])
  await grab(button('Settings'))
  expect(moveBy).not.toHaveBeenCalled()
  await grab(screen.getByRole('heading', { level: 1 }))
  expect(moveBy).toHaveBeenCalledWith({ dx: -10, dy: 30 })
})

test('all that may be logged in are, and those that need the user are not', async () => {
  const login = worked()
  const accounts = [
    account({ name: 'ready' }),
    account({ name: 'expired', freshness: 'expired' }),
    account({ name: 'stuck', freshness: 'expired', problem: problem() }),
  ]
  const { user } = open(appState(accounts), { login })
  await user.click(button('Log in all'))
  expect(login.mock.calls).toEqual([[{ name: 'expired' }]])
})

test('blurred codes are read out and copied all the same', async () => {
  const copyCode = worked()
  const { user, receive } = open(appState([account({ totp: code })], { blurCodes: true }), { copyCode })
  const copy = button('Copy code 4 9 2 0 3 9 of zerodha-main')
  expect(copy.closest('[data-blurs="true"]')).toBeTruthy()
  await user.click(copy)
  expect(copyCode.mock.calls).toEqual([[{ name: 'zerodha-main' }]])
  receive(appState([account({ totp: code })]))
  expect(copy.closest('[data-blurs="true"]')).toBeNull()
})

test.each([
  ['Today', 'today'],
  ['Tomorrow', '2025-11-14'],
  ['This week', '2025-11-17'],
])('the morning run is paused for %s', async (words, until) => {
  const pauseSchedule = worked()
  const schedule = { words: 'Next login tomorrow 08:15', calendarNote: null, state: 'on' } as const
  const { user } = open(appState([account()], { schedule }), { pauseSchedule })
  await user.click(button('Pause…'))
  expect(document.activeElement).toBe(button('Today'))
  await user.click(button(words))
  expect(pauseSchedule.mock.calls).toEqual([[{ until }]])
})
