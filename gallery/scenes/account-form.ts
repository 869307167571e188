import type { Page } from 'playwright-core'
import type { AccountFormBridge, FormView } from '../../electron/contract/account-form.ts'
import { emptyState } from '../../electron/core/state/state.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { formView } from '../../electron/shell/account-form/view.ts'
import { formBridge } from '../bridges.ts'
import { NOW } from '../made-up.ts'
import type { Scene } from '../scene.ts'

interface More {
  readonly bridge?: Partial<AccountFormBridge>
  readonly act?: (page: Page) => Promise<void>
}

/** Returns a scene of the account form: "The account form NAME". */
export const form = (name: string, view: FormView, more: More = {}): Scene => ({
  page: 'account-form',
  name,
  bridge: formBridge(view, more.bridge),
  act: more.act ?? (() => Promise.resolve()),
})

export const newAccount = formView(
  { accounts: { list: [] }, brokers: registry, clock: { now: () => NOW }, store: { state: emptyState } },
  null,
)

const DAY = 24 * 60 * 60 * 1000

/** The form of a complete account. */
export const changedAccount: FormView = {
  ...newAccount,
  editing: {
    name: 'zerodha-main',
    brokerId: 'kite-connect',
    values: { api_key: 'q1w2e3r4t5y6u7i8', user_id: 'AB1234' },
    endpoints: {},
    proxy: '',
    mode: 'unattended',
    ownTime: null,
    secretsSetAt: {
      api_secret: NOW - 90 * DAY,
      password: NOW - 12 * DAY,
      totp_secret: NOW - 400 * DAY,
    },
    termsAcceptedAt: NOW - 90 * DAY,
  },
}

/** Returns an action that chooses a broker and continues to its form. */
export const chooseBroker =
  (broker: string, then: (page: Page) => Promise<void> = () => Promise.resolve()) =>
  async (page: Page): Promise<void> => {
    // The search shows the folded ones too.
    await page.getByRole('searchbox').fill(broker)
    await page.getByRole('button', { name: broker }).click()
    await page.getByRole('textbox', { name: 'Account name' }).waitFor()
    await then(page)
  }

/** Types the new account of most pictures. It contains no secret. */
export async function fillIn(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'TokenTray' }).check()
  await page.getByRole('textbox', { name: 'API key' }).fill('q1w2e3r4t5y6u7i8')
  await page.getByLabel(/^API secret/).fill('made-up secret for pictures')
  await page.getByRole('textbox', { name: 'User ID' }).fill('AB1234')
  await page.getByLabel(/^Password/).fill('made-up password')
}
