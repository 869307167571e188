import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { BrokerView, FormView } from '../../electron/contract/account-form.ts'
import { button, done, input, newAccount, open } from '../../tests/support/open-form.tsx'
import { broker, morningRun } from './fixtures.ts'

afterEach(cleanup)

const brokerOf = (name: string, part: Partial<BrokerView> = {}): BrokerView => ({
  ...broker,
  id: name,
  name,
  suggestedName: name,
  ...part,
})
const four: FormView = {
  brokers: [
    brokerOf('Angel One', { terms: { ...broker.terms, label: 'documented machine login' } }),
    brokerOf('5paisa', { modes: ['unattended', 'assisted'], needs: 'user key, PIN, TOTP' }),
    brokerOf('Arrow', { modes: ['assisted'], terms: { ...broker.terms, label: 'private login endpoints' } }),
    brokerOf('Made-up Broker'),
  ],
  editing: null,
  morningRun,
}
const rows = (): string[] => screen.queryAllByRole('listitem').map(({ textContent }) => textContent)
const search = (): HTMLElement => screen.getByRole('searchbox', { name: 'Search brokers' })
const focused = (): string => document.activeElement?.textContent ?? ''

describe('the choice of a broker', () => {
  test('is made with the arrows, round and round, and can be made again', async () => {
    const { user } = await open(newAccount)
    expect(focused()).toContain('Made-up Broker')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toContain('Another Broker')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toContain('Made-up Broker')
    await user.keyboard('{ArrowUp}{Enter}')
    expect(input(/^Account name/)).toHaveProperty('value', 'another')
    await user.click(button('Another broker'))
    expect(screen.getByRole('heading', { name: 'Add an account' })).toBeTruthy()
  })

  test('keeps the order it is given, and says in a line what each can do and what it needs', async () => {
    await open(four)
    expect(rows()).toEqual([
      expect.stringMatching(/Angel One.*Official API.*TokenTray logs in · user ID, password, TOTP$/),
      expect.stringMatching(
        /5paisa.*not allowed.*You sign in \(5paisa’s way\) or TokenTray does \(5paisa says no\) · user key, PIN, TOTP$/,
      ),
      expect.stringMatching(/Arrow.*Unofficial.*You sign in · /),
      expect.stringMatching(/Made-up Broker.*TokenTray logs in · /),
    ])
  })
})

describe('the search for a broker', () => {
  test('takes what is typed anywhere, and Enter takes the first found', async () => {
    const { user } = await open(four)
    await user.keyboard('a')
    expect(document.activeElement).toBe(search())
    expect(search()).toHaveProperty('value', 'a')
    expect(rows()).toHaveLength(4)
    await user.keyboard('r')
    expect(rows()).toEqual([expect.stringContaining('Arrow')])
    expect(screen.getByText('1 of 4')).toBeTruthy()
    await user.keyboard('{Enter}')
    expect(input(/^Account name/)).toHaveProperty('value', 'Arrow')
  })

  test.each(['ANGELONE', 'angel one', 'gel-o'])('finds Angel One by %s', async (typed) => {
    const { user } = await open(four)
    await user.type(search(), typed)
    expect(rows()).toEqual([expect.stringContaining('Angel One')])
  })

  test('is left by the arrows, down to the first and up to the last', async () => {
    const { user } = await open(four)
    await user.type(search(), 'a')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toContain('Angel One')
    await user.click(search())
    await user.keyboard('{ArrowUp}')
    expect(focused()).toContain('Made-up Broker')
  })

  test('keeps the focus while brokers come and go', async () => {
    const { user } = await open(four)
    await user.type(search(), 'arr{Backspace}{Backspace}{Backspace}')
    expect(rows()).toHaveLength(4)
    expect(document.activeElement).toBe(search())
  })

  test('leaves a key with Control, and the space that chooses, alone', async () => {
    const { user } = await open(four)
    await user.keyboard('{Control>}c{/Control}')
    expect(focused()).toContain('Angel One')
    await user.keyboard(' ')
    expect(input(/^Account name/)).toHaveProperty('value', 'Angel One')
  })

  test('says when it finds nothing, and Enter then chooses nothing', async () => {
    const { user } = await open(four)
    await user.type(search(), 'zz{Enter}')
    expect(screen.getByText(/^No broker here is called “zz”/)).toBeTruthy()
    await user.keyboard('{ArrowDown}')
    expect(document.activeElement).toBe(search())
    await user.click(button('Show all'))
    expect(rows()).toHaveLength(4)
    expect(document.activeElement).toBe(search())
  })

  test('is emptied by the first Escape, and the second closes the form', async () => {
    const close = done()
    const { user } = await open(four, { close })
    await user.type(search(), '5p{Escape}')
    expect(rows()).toHaveLength(4)
    expect(close).not.toHaveBeenCalled()
    await user.keyboard('{Escape}')
    expect(close).toHaveBeenCalledOnce()
  })
})
