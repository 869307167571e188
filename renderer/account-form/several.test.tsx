import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccountFormBridge } from '../../electron/contract/account-form.ts'
import type { SeveralOption, SeveralRow, SeveralTable } from '../../electron/contract/several.ts'
import { button, done, newAccount, open } from '../../tests/support/open-form.tsx'

afterEach(cleanup)

const option = (part: Partial<SeveralOption> = {}): SeveralOption => ({
  brokerId: 'made-up',
  brokerName: 'Made-up Broker',
  userId: 'AB1234',
  words: 'Has user ID, password.',
  wrong: null,
  asksTerms: false,
  asksElectron: false,
  ...part,
})

const row = (id: number, name: string, part: Partial<SeveralRow> = {}): SeveralRow => ({
  id,
  from: `${name}.env`,
  name,
  options: [option()],
  wrong: null,
  wanted: true,
  ...part,
})

const three: SeveralTable = {
  rows: [
    row(0, 'main'),
    row(1, 'second', { options: [option(), option({ brokerId: 'another', brokerName: 'Another Broker' })] }),
    row(2, 'broken', { options: [option({ wrong: 'Missing: password.' })], wanted: false }),
  ],
  notes: ['Left out: a thing.'],
  oldElectron: null,
}

type SaveSeveral = AccountFormBridge['saveSeveral']

/** Opens the page of several accounts with files chosen. */
async function table(found: SeveralTable, part: Partial<AccountFormBridge> = {}) {
  const save = vi.fn<SaveSeveral>(() => Promise.resolve({ wrong: null }))
  const read = vi.fn<AccountFormBridge['readSeveral']>(() => Promise.resolve(found))
  const opened = await open(newAccount, { readSeveral: read, saveSeveral: save, ...part })
  await opened.user.click(button('Several at once…'))
  await opened.user.click(button('Choose files…'))
  const sent = () => save.mock.calls.map(([{ row, name, brokerId }]) => [row, name, brokerId])
  return { ...opened, read, save, sent }
}

const rowOf = (from: string) => {
  const found = screen.getAllByRole('listitem').find(({ textContent }) => textContent.includes(from))
  if (found === undefined) throw new Error(`no row ${from}`)
  return within(found)
}

describe('several accounts at once', () => {
  test('are looked through before they are saved, each with its name, broker and faults', async () => {
    const { read, save } = await table(three)
    expect(read).toHaveBeenCalledWith({ source: 'files' })
    expect(rowOf('main.env').getByRole('checkbox')).toHaveProperty('checked', true)
    expect(rowOf('main.env').getByText('AB1234')).toBeTruthy()
    expect(rowOf('broken.env').getByRole('checkbox')).toHaveProperty('disabled', true)
    expect(rowOf('broken.env').getByText('Missing: password.')).toBeTruthy()
    expect(screen.getByText('Left out: a thing.')).toBeTruthy()
    expect(save).not.toHaveBeenCalled()
  })

  test('are saved one after the other as they were named, and each says how it went', async () => {
    const wrong = 'The name “second” is in use.'
    const close = done()
    const { save, sent, user } = await table(three, { close })
    save.mockImplementation(({ name }) => Promise.resolve({ wrong: name === 'second' ? wrong : null }))
    const name = screen.getByRole('textbox', { name: 'Account name for main.env' })
    await user.clear(name)
    await user.type(name, 'Asha Main')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Broker for second.env' }), 'another')
    await user.click(button('Save 2 accounts'))
    expect(sent()).toEqual([
      [0, 'asha-main', 'made-up'],
      [1, 'second', 'another'],
    ])
    expect(rowOf('main.env').getByText('✓ Saved as asha-main')).toBeTruthy()
    expect(rowOf('second.env').getByRole('alert').textContent).toBe(wrong)
    expect(screen.getByText('1 account saved, 1 not')).toBeTruthy()

    await user.type(screen.getByRole('textbox', { name: 'Account name for second.env' }), '-2')
    await user.click(button('Save 1 account'))
    expect(sent().at(-1)).toEqual([1, 'second-2', 'another'])
    expect(document.activeElement).toBe(button('Done'))
    await user.click(button('Done'))
    expect(close).toHaveBeenCalledOnce()
  })

  test('leave out what is not ticked', async () => {
    const { sent, user } = await table(three)
    await user.click(rowOf('main.env').getByRole('checkbox'))
    await user.click(button('Save 1 account'))
    expect(sent()).toEqual([[1, 'second', 'made-up']])
  })

  test('ask once for all that the terms and an old Electron need, before anything is saved', async () => {
    const asking = [option({ asksTerms: true, asksElectron: true })]
    const { save, user } = await table({
      rows: [row(0, 'main', { options: asking }), row(1, 'second')],
      notes: [],
      oldElectron: '20.0.0',
    })
    expect(screen.getByText('Their staff say that it is not allowed.')).toBeTruthy()
    await user.click(button('Save 2 accounts'))
    expect(screen.getAllByText('Tick this to go on')).toHaveLength(2)
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: /^I accept the risk/ }))
    expect(save).not.toHaveBeenCalled()
    await user.click(screen.getByRole('checkbox', { name: /^I accept the risk/ }))
    await user.click(screen.getByRole('checkbox', { name: /^I know this/ }))
    await user.click(button('Save 2 accounts'))
    expect(save).toHaveBeenCalledTimes(2)
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ acceptTerms: true, acceptElectron: true }))
  })

  test('ask for no terms when no ticked account needs them', async () => {
    const asking = [option({ asksTerms: true })]
    const { save, user } = await table({
      ...three,
      rows: [row(0, 'main', { options: asking }), row(1, 'second')],
    })
    await user.click(rowOf('main.env').getByRole('checkbox'))
    await user.click(button('Save 1 account'))
    expect(save).toHaveBeenCalledOnce()
  })

  test('ask for the terms of a broker that comes later, whatever was accepted before', async () => {
    const asking = (brokerId: string) => [option({ brokerId, asksTerms: true })]
    const { save, user } = await table({
      ...three,
      rows: [
        row(0, 'main', { options: asking('made-up') }),
        row(1, 'later', { options: asking('another'), wanted: false }),
      ],
    })
    const box = () => screen.getByRole('checkbox', { name: /^I accept the risk/ })
    await user.click(box())
    await user.click(rowOf('later.env').getByRole('checkbox'))
    expect(box()).toHaveProperty('checked', false)
    await user.click(button('Save 2 accounts'))
    expect(save).not.toHaveBeenCalled()
    await user.click(box())
    await user.click(button('Save 2 accounts'))
    expect(save).toHaveBeenCalledTimes(2)
  })

  test('may come from a folder, and a cancelled choice changes nothing', async () => {
    const { read, user } = await table(three)
    read.mockResolvedValueOnce(null)
    await user.click(button('Choose a folder…'))
    expect(read).toHaveBeenLastCalledWith({ source: 'folder' })
    expect(screen.getAllByRole('listitem')).toHaveLength(3)
  })

  test('lead back to the choice of a broker', async () => {
    const { user } = await table(three)
    await user.click(button('Back'))
    expect(screen.getByRole('heading', { name: 'Add an account' })).toBeTruthy()
  })

  test('are as they were edited when the user comes back to them', async () => {
    const { read, user, sent } = await table(three)
    const name = () => screen.getByRole('textbox', { name: 'Account name for main.env' })
    await user.type(name(), '-mine')
    await user.click(rowOf('second.env').getByRole('checkbox'))
    await user.click(button('Back'))
    await user.click(button('Several at once…'))
    expect(name()).toHaveProperty('value', 'main-mine')
    await user.click(button('Save 1 account'))
    expect(sent()).toEqual([[0, 'main-mine', 'made-up']])
    expect(read).toHaveBeenCalledOnce()
  })

  test('tell of a save that broke off', async () => {
    const { save, user } = await table({ ...three, rows: [row(0, 'main')] })
    save.mockRejectedValueOnce(new Error('refused'))
    await user.click(button('Save 1 account'))
    expect(rowOf('main.env').getByRole('alert').textContent).toMatch(/^TokenTray could not save this one/)
  })
})
