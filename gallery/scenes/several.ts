import type { Page } from 'playwright-core'
import type { SeveralOption, SeveralRow, SeveralTable } from '../../electron/contract/several.ts'
import type { Scene } from '../scene.ts'
import { form, newAccount } from './account-form.ts'

const option = (part: Partial<SeveralOption>): SeveralOption => ({
  brokerId: 'kite-connect',
  brokerName: 'Zerodha Kite Connect',
  userId: 'AB1234',
  words: 'Has API key, API secret, user ID, password, external TOTP secret.',
  wrong: null,
  asksTerms: true,
  asksElectron: false,
  ...part,
})

const row = (id: number, from: string, name: string, part: Partial<SeveralRow>): SeveralRow => ({
  id,
  from,
  name,
  options: [option({})],
  wrong: null,
  wanted: true,
  ...part,
})

const kiteWeb = { brokerId: 'kite-web', brokerName: 'Zerodha Kite web session' }
const codes = { userId: '', words: 'Has external TOTP secret. Shows codes alone.', asksTerms: false }

const table: SeveralTable = {
  rows: [
    row(0, 'zerodha-main.env', 'zerodha-main', {
      options: [option({}), option({ ...kiteWeb, words: 'Has user ID, password, external TOTP secret.' })],
    }),
    row(1, 'upstox.env', 'upstox', {
      options: [
        option({
          brokerId: 'upstox',
          brokerName: 'Upstox',
          userId: '9876543210',
          words: 'Has API key, API secret, redirect URI, mobile number, PIN, TOTP secret.',
        }),
      ],
    }),
    row(2, 'kotak.env', 'kotak', {
      wanted: false,
      options: [
        option({
          brokerId: 'kotak-neo',
          brokerName: 'Kotak Neo',
          userId: '',
          words: 'Has consumer key, mobile number, client code (UCC), TOTP secret.',
          wrong: 'Missing: MPIN. Correct the file and choose it again.',
        }),
      ],
    }),
    row(3, 'Zerodha: CD5678', 'zerodha-cd5678', {
      options: [option(codes), option({ ...codes, ...kiteWeb })],
    }),
    row(4, 'notes.txt', '', {
      wanted: false,
      options: [],
      wrong: 'TokenTray can’t read this file (EACCES).',
    }),
  ],
  notes: [],
  oldElectron: null,
}

const bridge = { readSeveral: () => Promise.resolve(table) }

async function chooseFiles(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Several at once…' }).click()
  await page.getByRole('button', { name: 'Choose files…' }).click()
  await page.getByRole('button', { name: 'Save 3 accounts' }).waitFor()
}

async function saveThem(page: Page): Promise<void> {
  await chooseFiles(page)
  await page.getByRole('checkbox', { name: /^I accept the risk/ }).check()
  await page.getByRole('button', { name: 'Save 3 accounts' }).click()
  await page.getByRole('button', { name: 'Save 1 account' }).waitFor()
}

const taken = 'The name “upstox” is in use; choose another name.'

/** Lists the scenes of several accounts at once. */
export const severalScenes: readonly Scene[] = [
  form('with several files to make accounts of', newAccount, { bridge, act: chooseFiles }),
  form('with several accounts of which one could not be saved', newAccount, {
    bridge: {
      ...bridge,
      saveSeveral: ({ name }) => Promise.resolve({ wrong: name === 'upstox' ? taken : null }),
    },
    act: saveThem,
  }),
]
