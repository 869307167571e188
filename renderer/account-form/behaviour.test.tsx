import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccountFormBridge, TestResult, TypedDraft } from '../../electron/contract/account-form.ts'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { button, changing, done, input, newAccount, open, openNew } from '../../tests/support/open-form.tsx'
import { problem } from '../popover/fixtures.ts'
import { NOON, totp } from './fixtures.ts'

afterEach(cleanup)

describe('checks', () => {
  const check = (draft: TypedDraft) =>
    Promise.resolve(
      madeUpDraft({
        errors: {
          ...(draft.values['user_id'] === 'AB1234' ? {} : { user_id: 'has six letters and digits' }),
          ...(draft.values['password'] === '' ? { password: 'is missing' } : {}),
        },
      }),
    )

  test('say nothing before an input is left, and then what is wrong with it alone', async () => {
    const { user } = await openNew({ check })
    await user.type(input(/^User ID/), 'AB1')
    expect(screen.queryByText(/has six letters/)).toBeNull()
    await user.tab()
    expect(await screen.findByText('User ID has six letters and digits')).toBeTruthy()
    expect(input(/^User ID/).getAttribute('aria-invalid')).toBe('true')
    expect(screen.queryByText('Password is missing')).toBeNull()
  })

  test('take it back once it is right', async () => {
    const { user } = await openNew({ check })
    await user.type(input(/^User ID/), 'AB1')
    await user.tab()
    await screen.findByText('User ID has six letters and digits')
    await user.type(input(/^User ID/), '234')
    await user.tab()
    await vi.waitFor(() => {
      expect(screen.queryByText(/has six letters/)).toBeNull()
    })
  })

  test('want a stored secret again once an address has changed', async () => {
    const form = changing({ secretsSetAt: { password: NOON } })
    await open(form, { check: () => Promise.resolve(madeUpDraft({ enterAgain: ['password'] })) })
    const words = 'needed again, because an address or the proxy has changed'
    expect(await screen.findByText(words, { exact: false })).toBeTruthy()
    expect(input(/^Password/).getAttribute('placeholder')).toBeNull()
    cleanup()
    await open(form)
    expect(screen.queryByText(words, { exact: false })).toBeNull()
    expect(input(/^Password/).getAttribute('placeholder')).toBe('Leave empty to keep it')
  })

  test('show the code of a secret, to be compared with the phone', async () => {
    const { user } = await openNew({ check: () => Promise.resolve(madeUpDraft({ totp: totp() })) })
    await user.type(input(/^TOTP secret/), 'JBSWY3DP')
    await user.tab()
    const preview = await screen.findByRole('group', { name: 'The code of what you typed' })
    expect(preview.textContent).toContain('492 039')
    expect(screen.getByText(/^The code now is 4 9 2 0 3 9\./)).toBeTruthy()
  })
})

describe('saving', () => {
  test('sends what is typed, and the form is empty afterwards', async () => {
    const save = vi.fn<AccountFormBridge['save']>(() => Promise.resolve({ ok: true }))
    const { user } = await openNew({ save })
    await user.type(input(/^User ID/), 'AB1234')
    await user.type(input(/^Password/), ' open sesame ')
    await user.click(screen.getByRole('checkbox', { name: /^I accept the risk/ }))
    await user.click(button('Save without testing'))
    expect(save.mock.calls[0]?.[0]).toMatchObject({
      name: 'made-up-2',
      brokerId: 'made-up',
      values: { user_id: 'AB1234', password: ' open sesame ' },
      acceptTerms: true,
      forget: [],
    })
    expect(input(/^Password/)).toHaveProperty('value', '')
  })

  test('with an Electron past its support wants a yes, which goes along', async () => {
    const errors = { electron: 'needs your yes before a real account' }
    const check = (draft: TypedDraft) =>
      Promise.resolve(madeUpDraft({ oldElectron: '33.3.0', errors: draft.acceptElectron ? {} : errors }))
    const save = vi.fn<AccountFormBridge['save']>((draft) =>
      Promise.resolve(draft.acceptElectron ? { ok: true } : { ok: false, errors }),
    )
    const { user } = await openNew({ check, save })
    const box = screen.getByRole('checkbox', { name: 'I know this and want to use real accounts with it' })
    expect(screen.getByText(/runs on Electron 33\.3\.0, which gets no more security repairs/)).toBeTruthy()
    await user.click(button('Save without testing'))
    const words = 'Tick this to go on'
    expect(await screen.findByText(words)).toBeTruthy()
    expect(document.activeElement).toBe(box)
    await user.click(box)
    await vi.waitFor(() => {
      expect(screen.queryByText(words)).toBeNull()
    })
    await user.click(button('Save without testing'))
    expect(save.mock.calls.map(([draft]) => draft.acceptElectron)).toEqual([false, true])
  })

  test('asks nothing of the kind while the main process wants no yes', async () => {
    await openNew()
    expect(screen.queryByText(/no more security repairs/)).toBeNull()
  })

  test('that is refused goes to the first input that is wrong, and unfolds it', async () => {
    const errors = { proxy: 'is no proxy', terms: 'need your yes' }
    const { user } = await openNew({
      check: () => Promise.resolve(madeUpDraft({ errors })),
      save: () => Promise.resolve({ ok: false, errors }),
    })
    const advanced = screen.getByText('Advanced').closest('details')
    expect(advanced?.open).toBe(false)
    await user.click(button('Save without testing'))
    expect(await screen.findByText('The proxy address is no proxy')).toBeTruthy()
    expect(screen.getByText('Tick this to go on')).toBeTruthy()
    expect(advanced?.open).toBe(true)
    expect(document.activeElement).toBe(input(/^Proxy address/))
    // Folded again by the user, it is unfolded again.
    advanced?.removeAttribute('open')
    await user.click(button('Save without testing'))
    await vi.waitFor(() => {
      expect(advanced?.open).toBe(true)
    })
  })

  test('that fails says why, keeps what was typed and can be tried again', async () => {
    const locked = problem({ kind: 'keychain-locked', message: 'The keychain is locked.' })
    const save = vi.fn(() => Promise.resolve({ ok: false as const, problem: locked }))
    const { user } = await openNew({ save })
    await user.type(input(/^Password/), 'open sesame')
    await user.click(button('Save without testing'))
    expect(screen.getByRole('alert').textContent).toContain('The keychain is locked.')
    expect(input(/^Password/)).toHaveProperty('value', 'open sesame')
    await user.click(button('Save without testing'))
    expect(save).toHaveBeenCalledTimes(2)
  })

  test('sends nothing that is longer than the main process looks at', async () => {
    const save = vi.fn(() => Promise.resolve({ ok: true as const }))
    const { user } = await openNew({ save })
    await user.click(input(/^Password/))
    await user.paste('s'.repeat(4_097))
    await user.click(button('Save without testing'))
    expect(save).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(input(/^Password/))
  })

  test('forgets a stored secret that is not wanted any more', async () => {
    const save = vi.fn<AccountFormBridge['save']>(() => Promise.resolve({ ok: true }))
    const { user } = await open(changing(), { save })
    await user.click(button('Forget it: the stored TOTP secret'))
    expect(screen.getByText('will be forgotten when you save')).toBeTruthy()
    await user.click(button('Save without testing'))
    expect(save.mock.calls[0]?.[0].forget).toEqual(['totp_secret'])
  })
})

describe('a test login', () => {
  const refused: TestResult = {
    ok: false,
    problem: problem({ message: 'Wrong password.', next: 'Type it again.' }),
    field: 'password',
    attempts: 'One try is left.',
  }

  test('tells its steps, takes a code, and can be cancelled', async () => {
    const [cancelTest, answerCode] = [done(), vi.fn(() => Promise.resolve({ ok: true as const }))]
    const { user, progress } = await open(changing(), { cancelTest, answerCode })
    await user.click(button('Test login'))
    progress({ login: { step: 2, total: 5, label: 'Checking the password' }, question: null })
    expect(screen.getByText('Checking the password')).toBeTruthy()
    const question = {
      label: 'Kite app code',
      help: 'In the Kite app.',
      digits: 6,
      askedAt: NOON,
      endsAt: NOON + 60_000,
      again: false,
    }
    progress({ login: { step: 3, total: 5, label: 'Checking the code' }, question })
    await user.type(screen.getByRole('textbox', { name: 'Kite app code' }), '49 20 39{Enter}')
    expect(answerCode.mock.calls).toEqual([[{ code: '492039' }]])
    await user.click(button('Cancel login'))
    expect(cancelTest).toHaveBeenCalledOnce()
  })

  test('that is refused leads to the input that the broker has judged', async () => {
    const { user } = await open(newAccount, {
      describe: () => Promise.resolve(changing()),
      test: () => Promise.resolve({ ok: true, test: refused }),
    })
    await user.click(button(/Made-up Broker/))
    await user.click(button('Test and save'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/Wrong password\..*One try is left\./)
    // What was new is an account now.
    expect(screen.getByRole('heading', { name: 'Change main' })).toBeTruthy()
    expect(document.activeElement).toBe(input(/^Password/))
    expect(screen.getByText('Password was refused by Made-up')).toBeTruthy()
    await user.keyboard('x')
    expect(screen.queryByText('Password was refused by Made-up')).toBeNull()
  })
})

test('Tab comes to the link in the help of an input after that input, and Enter opens its page', async () => {
  const openPage = done()
  const [first, second] = newAccount.brokers
  if (first === undefined || second === undefined) expect.unreachable()
  const [field, ...others] = first.fields
  if (field === undefined) expect.unreachable()
  const linked = {
    ...first,
    fields: [{ ...field, help: 'You see it at made-up.example/profile.' }, ...others],
  }
  const { user } = await open({ ...newAccount, brokers: [linked, second] }, { openPage })
  await user.click(button(/Made-up Broker/))
  await user.click(input(/^User ID/))
  await user.tab()
  expect(document.activeElement).toBe(button('made-up.example/profile'))
  await user.keyboard('{Enter}')
  expect(openPage).toHaveBeenCalledWith({ brokerId: 'made-up', page: 'login' })
  await user.tab()
  expect(document.activeElement).toBe(input(/^Password/))
})
