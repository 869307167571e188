import { act, cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccountFormBridge, ImportOutcome } from '../../electron/contract/account-form.ts'
import { button, changing, done, input, open, openNew } from '../../tests/support/open-form.tsx'
import { broker } from './fixtures.ts'

afterEach(cleanup)

describe('an import', () => {
  test('from the screen opens its menu at its button', async () => {
    const importFrom = vi.fn(() => Promise.resolve({ kind: 'nothing' as const }))
    const { user } = await openNew({ importFrom })
    const fromScreen = button('From the screen…')
    fromScreen.getBoundingClientRect = () => new DOMRect(40, 300, 120, 28)
    await user.click(fromScreen)
    await user.click(button('From the clipboard'))
    expect(importFrom.mock.calls).toMatchObject([
      [{ source: 'screen', at: { x: 40, y: 328 } }],
      [{ source: 'clipboard', at: null }],
    ])
  })

  const preview: ImportOutcome = {
    kind: 'env',
    preview: {
      file: '.env',
      brokerId: broker.id,
      brokerName: broker.name,
      found: [
        { field: 'user_id', label: 'User ID', env: 'MB_USER_ID', value: 'ZZ9999', wrong: null },
        { field: 'password', label: 'Password', env: 'MB_PASSWORD', value: null, wrong: null },
      ],
      missing: [{ field: 'totp_secret', label: 'TOTP secret', env: 'MB_TOTP_SECRET' }],
      unused: null,
      notes: [],
    },
  }

  test('of a file shows what is in it first, fills in no secret, and goes to what is missing', async () => {
    const { user } = await openNew({
      importFrom: () => Promise.resolve(preview),
      takeEnv: () => Promise.resolve({ user_id: 'ZZ9999' }),
    })
    await user.type(input(/^Password/), 'typed before')
    await user.click(button('Import from .env…'))
    expect(input(/^User ID/)).toHaveProperty('value', '')
    await user.click(button('Use these'))
    expect(input(/^User ID/)).toHaveProperty('value', 'ZZ9999')
    expect(input(/^Password/)).toHaveProperty('value', '')
    expect(document.activeElement).toBe(input(/^TOTP secret/))
  })

  test('of a file of another broker changes to that broker’s form', async () => {
    const other: ImportOutcome = {
      ...preview,
      preview: { ...preview.preview, brokerId: 'another', brokerName: 'Another Broker' },
    }
    const { user } = await openNew({
      importFrom: () => Promise.resolve(other),
      takeEnv: () => Promise.resolve({ user_id: 'ZZ9999' }),
    })
    await user.click(button('Import from .env…'))
    await user.click(button('Switch to Another Broker and use these'))
    expect(input(/^Account name/)).toHaveProperty('value', 'another')
    expect(input(/^User ID/)).toHaveProperty('value', 'ZZ9999')
  })

  test('that finds nothing says so where it was started, and a new one takes that back', async () => {
    const outcomes: ImportOutcome[] = [
      { kind: 'wrong', message: 'There is no QR code on the screen.' },
      { kind: 'secrets', settings: {}, onClipboard: false, notes: ['Imported from the clipboard.'] },
    ]
    const importFrom = vi.fn(() => Promise.resolve(outcomes.shift() ?? { kind: 'nothing' as const }))
    const { user } = await openNew({ importFrom })
    await user.click(button('From the screen…'))
    expect(screen.getByRole('alert').textContent).toBe('There is no QR code on the screen.')
    await user.type(input(/^TOTP secret/), 'TYPED')
    await user.click(button('From the clipboard'))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText('Imported from the clipboard.')).toBeTruthy()
    // What was typed would replace what was imported.
    expect(input(/^TOTP secret/)).toHaveProperty('value', '')
  })

  test('takes a pasted otpauth address to the main process, and not into the input', async () => {
    const importFile = vi.fn<AccountFormBridge['importFile']>(() => Promise.resolve({ kind: 'nothing' }))
    const { user } = await openNew({ importFile })
    await user.click(input(/^TOTP secret/))
    await user.paste('otpauth://totp/Zerodha:AB1234?secret=JBSWY3DPEHPK3PXP')
    await vi.waitFor(() => {
      expect(importFile.mock.calls[0]?.[0]).toMatchObject({ name: 'What you pasted', brokerId: 'made-up' })
    })
    expect(input(/^TOTP secret/)).toHaveProperty('value', '')
    await user.paste('JBSWY3DP')
    expect(input(/^TOTP secret/)).toHaveProperty('value', 'JBSWY3DP')
  })
})

describe('leaving', () => {
  test('asks before something typed is lost, and staying keeps it', async () => {
    const close = done()
    const { user } = await openNew({ close })
    await user.type(input(/^User ID/), 'AB1234')
    await user.keyboard('{Escape}')
    const dialog = screen.getByRole('dialog')
    expect(close).not.toHaveBeenCalled()
    await user.click(within(dialog).getByRole('button', { name: 'Keep editing' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(input(/^User ID/)).toHaveProperty('value', 'AB1234')
    await user.click(button('Cancel'))
    await user.click(button('Discard'))
    expect(close).toHaveBeenCalledOnce()
  })

  test('asks nothing when nothing would be lost', async () => {
    const close = done()
    const { user } = await open(changing(), { close })
    await user.click(button('Close'))
    expect(close).toHaveBeenCalledOnce()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('for another broker asks too, and goes there', async () => {
    const { user } = await openNew()
    await user.type(input(/^User ID/), 'AB1234')
    await user.click(button('Another broker'))
    await user.click(button('Discard and choose another broker'))
    expect(screen.getByRole('heading', { name: 'Add an account' })).toBeTruthy()
  })

  test('keeps a window that the system wants to close', async () => {
    const { user } = await openNew()
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true })
      act(() => {
        window.dispatchEvent(event)
      })
      return event.defaultPrevented
    }
    expect(closing()).toBe(false)
    await user.type(input(/^User ID/), 'AB1234')
    expect(closing()).toBe(true)
    expect(screen.getByRole('dialog')).toBeTruthy()
  })
})

test('a secret is seen only while the user wants to', async () => {
  const { user } = await openNew()
  const password = input(/^Password/)
  const reveal = button('Show what is typed: Password')
  expect(password).toHaveProperty('type', 'password')
  await user.click(reveal)
  expect(password).toHaveProperty('type', 'text')
  await user.click(reveal)
  expect(password).toHaveProperty('type', 'password')
})
