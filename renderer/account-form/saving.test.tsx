import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccountFormBridge, FormView, ImportOutcome } from '../../electron/contract/account-form.ts'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { button, changing, done, input, newAccount, open, openNew } from '../../tests/support/open-form.tsx'
import { problem } from '../popover/fixtures.ts'
import { broker, morningRun } from './fixtures.ts'

afterEach(cleanup)

describe('mistakes', () => {
  const errors = { name: 'is in use', proxy: 'is no proxy', terms: 'have to be accepted first' }
  const refusing = {
    check: () => Promise.resolve(madeUpDraft({ errors })),
    test: () => Promise.resolve({ ok: false as const, errors }),
  }

  test('are counted and listed once a save was refused, and each leads to its input', async () => {
    const { user } = await openNew(refusing)
    expect(screen.queryByText(/to correct/)).toBeNull()
    await user.click(button('Test and save'))
    const list = within(await screen.findByRole('alert'))
    expect(list.getByText('3 things to correct')).toBeTruthy()
    expect(list.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'Account name',
      'Proxy address',
      'The risk',
    ])
    await user.click(list.getByRole('button', { name: 'Proxy address' }))
    expect(document.activeElement).toBe(input(/^Proxy address/))
  })

  test('go from the list as they are corrected', async () => {
    let wrong: Readonly<Record<string, string>> = errors
    const { user } = await openNew({
      ...refusing,
      check: () => Promise.resolve(madeUpDraft({ errors: wrong })),
    })
    await user.click(button('Test and save'))
    wrong = { terms: errors.terms }
    await user.type(input(/^Account name/), 'x')
    expect(await screen.findByText('1 thing to correct')).toBeTruthy()
  })
})

describe('the account name', () => {
  test('may be typed as people write, and the form says what scripts call it', async () => {
    const save = vi.fn<AccountFormBridge['save']>(() => Promise.resolve({ ok: true }))
    const { user } = await openNew({ save })
    await user.clear(input(/^Account name/))
    await user.type(input(/^Account name/), ' Zerodha (Main) ')
    expect(screen.getByText('Scripts call it zerodha-main.')).toBeTruthy()
    await user.click(button('Save without testing'))
    expect(save.mock.calls[0]?.[0].name).toBe('zerodha-main')
  })
})

describe('after a test', () => {
  const tested = (part: Partial<AccountFormBridge>) =>
    open(changing(), { describe: () => Promise.resolve(changing()), ...part })

  test('that went well it offers the token and its own end, and nothing to save', async () => {
    const [close, copyToken] = [done(), vi.fn(() => Promise.resolve({ ok: true as const }))]
    const test = () =>
      Promise.resolve({ ok: true as const, test: { ok: true as const, words: 'Logged in.', hasToken: true } })
    const { user } = await tested({ test, close, copyToken })
    await user.click(button('Test login'))
    const end = await screen.findByRole('button', { name: 'Done' })
    expect(document.activeElement).toBe(end)
    expect(screen.queryByRole('button', { name: /Save|Test/ })).toBeNull()
    await user.click(button('Copy token'))
    expect(copyToken).toHaveBeenCalledOnce()
    expect(await screen.findByRole('button', { name: 'Token copied' })).toBeTruthy()
    await user.click(button('Done'))
    expect(close).toHaveBeenCalledOnce()
  })

  test('that the user has cancelled there is no alarm', async () => {
    const cancelled = problem({ kind: 'cancelled', message: 'Cancelled.', next: '' })
    const test = () =>
      Promise.resolve({
        ok: true as const,
        test: { ok: false as const, problem: cancelled, field: null, attempts: 'Two tries are left.' },
      })
    const { user } = await tested({ test })
    await user.click(button('Test login'))
    expect(await screen.findByText('Cancelled. Your changes are saved.')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('an import', () => {
  const secrets: ImportOutcome = {
    kind: 'secrets',
    notes: ['The secret is still on your clipboard.'],
    settings: { user_id: 'PR0001' },
    onClipboard: true,
  }
  const importFrom = () => Promise.resolve(secrets)

  test('fills in the user ID of a QR code’s label where none was typed', async () => {
    const { user } = await openNew({ importFrom })
    await user.click(button('From the clipboard'))
    expect(input(/^User ID/)).toHaveProperty('value', 'PR0001')
    await user.clear(input(/^User ID/))
    await user.type(input(/^User ID/), 'AB1234')
    await user.click(button('From the clipboard'))
    expect(input(/^User ID/)).toHaveProperty('value', 'AB1234')
  })

  test('offers to clear the clipboard that it came from', async () => {
    const clearClipboard = done()
    const { user } = await openNew({ importFrom, clearClipboard })
    await user.click(button('From the clipboard'))
    await user.click(button('Clear the clipboard'))
    expect(clearClipboard).toHaveBeenCalledOnce()
    expect(screen.queryByText(/still on your clipboard/)).toBeNull()
  })
})

describe('a broker', () => {
  const viewOf = (part: Partial<typeof broker>): FormView => ({
    ...newAccount,
    brokers: [{ ...broker, ...part }],
    morningRun,
  })

  test('whose staff want no program to log in has the user sign in, who may choose otherwise', async () => {
    const { user } = await open(viewOf({ modes: ['unattended', 'assisted'] }))
    await user.click(button(/Made-up Broker/))
    const [first, second] = screen.getAllByRole('radio')
    expect(first).toBe(screen.getByRole('radio', { name: 'I do, on Made-up’s page', checked: true }))
    expect(screen.queryByRole('checkbox', { name: /^I accept the risk/ })).toBeNull()
    if (second !== undefined) await user.click(second)
    expect(screen.getByRole('checkbox', { name: /^I accept the risk/ })).toBeTruthy()
  })

  test('has its own pages opened where its fields name them', async () => {
    const openPage = done()
    const fields = broker.fields.map((field) => ({
      ...field,
      help: 'At made-up.example/apps, on your app’s page.',
    }))
    const { user } = await open(viewOf({ fields }), { openPage })
    await user.click(button(/Made-up Broker/))
    const [link] = screen.getAllByRole('button', { name: 'made-up.example/apps' })
    if (link !== undefined) await user.click(link)
    expect(openPage).toHaveBeenCalledWith({ brokerId: broker.id, page: 'login' })
  })

  test('that a newer one replaces is folded, and found by a search', async () => {
    const older = { ...broker, id: 'old', name: 'Old Broker', older: true }
    const { user } = await open({ ...newAccount, brokers: [broker, older] })
    const row = screen.getByText('Old Broker').closest('details')
    expect(row?.open).toBe(false)
    await user.keyboard('old')
    expect(screen.getByText('Old Broker').closest('details')).toBeNull()
  })
})
