import type { Page } from 'playwright-core'
import type { EnvPreview, FormView, TestResult } from '../../electron/contract/account-form.ts'
import type { QuestionView } from '../../electron/contract/state.ts'
import { untilWords } from '../../electron/contract/words.ts'
import { loggedInWords } from '../../electron/shell/account-form/login.ts'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { neverDone, refused } from '../bridges.ts'
import { codeNow, NOW, problem, SIX_TOMORROW, question } from '../made-up.ts'
import { tellPage } from '../page-side.ts'
import type { Scene } from '../scene.ts'
import { mistakes } from './mistakes.ts'
import { changedAccount, chooseBroker, fillIn, form, newAccount } from './account-form.ts'

const KITE = 'Zerodha Kite Connect'

const envFile: EnvPreview = {
  file: 'algo/.env',
  brokerId: 'kite-connect',
  brokerName: KITE,
  found: [
    { field: 'api_key', label: 'API key', env: 'KITE_API_KEY', value: 'q1w2e3r4t5y6u7i8', wrong: null },
    { field: 'api_secret', label: 'API secret', env: 'KITE_API_SECRET', value: null, wrong: null },
    { field: 'user_id', label: 'User ID', env: 'KITE_USER_ID', value: 'AB1234', wrong: null },
    {
      field: 'totp_secret',
      label: 'External TOTP secret',
      env: 'KITE_TOTP_SECRET',
      value: null,
      wrong: 'is cut short or mistyped',
    },
  ],
  missing: [{ field: 'password', label: 'Password', env: 'KITE_PASSWORD' }],
  unused: 'DATABASE_URL, LOG_LEVEL and 3 more',
  notes: [],
}

async function importFile(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Import from/ }).click()
  await page.getByRole('button', { name: /se these$/ }).waitFor()
}

const withCode = madeUpDraft({
  totp: { name: 'Zerodha: AB1234', code: codeNow('492039'), from: 'imported' },
  imported: { totp_secret: 'kite-qr.png' },
})

const twoSecrets = madeUpDraft({
  choices: [
    { name: 'Zerodha: AB1234', code: codeNow('492039') },
    { name: 'Upstox: asha@example.com', code: codeNow('771204') },
  ],
  chosen: 1,
  totp: { name: 'Upstox: asha@example.com', code: codeNow('771204'), from: 'imported' },
})

const login = { step: 3, total: 6, label: 'Checking the password' }

const failed: TestResult = {
  ok: false,
  problem: problem('bad-credentials', { brokerWords: 'Invalid user ID or password.' }),
  field: 'password',
  attempts: 'Enter the right password to try again.',
}

const testEndsWith = (test: TestResult) => ({ test: () => Promise.resolve({ ok: true as const, test }) })

/** Returns a scene with the result of a test of the stored account. */
const tested = (name: string, result: TestResult): Scene =>
  form(name, changedAccount, {
    bridge: testEndsWith(result),
    act: async (page) => {
      await page.getByRole('button', { name: 'Test login' }).click()
      await page.locator('[data-tone] strong').first().waitFor()
    },
  })

/** Returns a scene with a test of the stored account that waits for a code. */
const asking = (name: string, asked: QuestionView): Scene =>
  form(name, changedAccount, {
    bridge: { test: () => neverDone() },
    act: async (page) => {
      await page.getByRole('button', { name: 'Test login' }).click()
      await page.evaluate(tellPage, ['testProgressed', { login, question: asked }] as const)
      await page.getByRole('button', { name: 'Send' }).waitFor()
    },
  })

const withOwnTime: FormView = {
  ...changedAccount,
  editing: changedAccount.editing && { ...changedAccount.editing, ownTime: '07:45' },
  morningRun: { on: true, usualTime: '08:15', hour12: true },
}

export const formScenes: readonly Scene[] = [
  form('for a new account', newAccount),
  form('after the broker was chosen', newAccount, { act: chooseBroker(KITE) }),
  ...newAccount.brokers
    .filter(({ name }) => name !== KITE)
    .map(({ id, name }) => form(`for a new account at ${id}`, newAccount, { act: chooseBroker(name) })),
  form('for somebody who signs in themselves', newAccount, {
    act: chooseBroker(KITE, (page) => page.getByRole('radio', { name: /I do/ }).check()),
  }),
  form('filled in', newAccount, {
    bridge: { check: () => Promise.resolve(withCode) },
    act: chooseBroker(KITE, fillIn),
  }),
  form('with everything unfolded', newAccount, {
    act: chooseBroker(KITE, async (page) => {
      await page.getByText('Morning run:').click()
      await page.getByText('Advanced').click()
    }),
  }),
  form('with mistakes in it', newAccount, {
    bridge: {
      save: () =>
        Promise.resolve({
          ok: false,
          errors: mistakes(),
        }),
    },
    act: chooseBroker(KITE, async (page) => {
      await page.getByRole('button', { name: 'Save without testing' }).click()
      await page.locator('[aria-invalid=true]').first().waitFor()
    }),
  }),
  form('with an Electron past its support', newAccount, {
    bridge: { check: () => Promise.resolve(madeUpDraft({ oldElectron: '33.3.0' })) },
    act: chooseBroker(KITE, (page) =>
      page.getByText('gets no more security repairs').scrollIntoViewIfNeeded(),
    ),
  }),
  form('that could not be saved', newAccount, {
    bridge: { save: refused(problem('keychain-locked')) },
    act: chooseBroker(KITE, async (page) => {
      await page.getByRole('button', { name: 'Save without testing' }).click()
      await page.getByRole('alert').waitFor()
    }),
  }),
  form('with a secret that is looked at', newAccount, {
    act: chooseBroker(KITE, async (page) => {
      await page.getByLabel(/^API secret/).fill('made-up secret for pictures')
      await page.getByRole('button', { name: 'Show what is typed: API secret' }).click()
    }),
  }),
  form('with two secrets to choose from', newAccount, {
    bridge: { check: () => Promise.resolve(twoSecrets) },
    act: chooseBroker(KITE, (page) => page.getByText('Which of these is it?').waitFor()),
  }),
  form('after a picture without a QR code', newAccount, {
    bridge: {
      importFrom: () => Promise.resolve({ kind: 'wrong', message: 'There is no QR code in this picture.' }),
    },
    act: chooseBroker(KITE, async (page) => {
      await page.getByRole('button', { name: 'Choose a picture…' }).click()
      await page.getByText('There is no QR code').waitFor()
    }),
  }),
  form('with a file to import', newAccount, {
    bridge: { importFrom: () => Promise.resolve({ kind: 'env', preview: envFile }) },
    act: chooseBroker(KITE, importFile),
  }),
  form('with a file of another broker’s', newAccount, {
    bridge: { importFrom: () => Promise.resolve({ kind: 'env', preview: envFile }) },
    act: chooseBroker('Upstox', importFile),
  }),
  form('of an account that is changed', changedAccount),
  form('of an account with a time of its own, in twelve hours', withOwnTime),
  form('with a stored secret that is to be forgotten', changedAccount, {
    act: (page) => page.getByRole('button', { name: /^Forget it/ }).click(),
  }),
  form('that is left with changes in it', changedAccount, {
    act: async (page) => {
      await page.getByRole('textbox', { name: 'User ID' }).fill('ZZ9999')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  form('while it tests the login', changedAccount, {
    bridge: { test: () => neverDone() },
    act: async (page) => {
      await page.getByRole('button', { name: 'Test login' }).click()
      await page.evaluate(tellPage, ['testProgressed', { login, question: null }] as const)
      await page.getByText('step 3 of 6').waitFor()
    },
  }),
  asking('while its test asks for a code', question()),
  asking('while its test asks for a code again', question({ again: true })),
  tested('after a test that went well', {
    ok: true,
    words: loggedInWords(untilWords(SIX_TOMORROW, NOW, -330)),
    hasToken: true,
  }),
  tested('after a test that failed', failed),
]
