import type { Page } from 'playwright-core'
import type { SignInView } from '../../electron/contract/sign-in.ts'
import { loginIdField } from '../../electron/core/brokers/login-id.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { signInBridge } from '../bridges.ts'
import { account, codeNow } from '../made-up.ts'
import type { Scene } from '../scene.ts'

/** Returns what the strip shows above a broker's login page. */
function view(name: string, brokerId: string, value: string, part: Partial<SignInView> = {}): SignInView {
  const broker = registry.get(brokerId)
  const field = broker === undefined ? undefined : loginIdField(broker)
  return {
    account: name,
    host: account(name, brokerId).pages?.login ?? '',
    loginId: field === undefined ? null : { label: field.label, value },
    code: codeNow('492039'),
    ...part,
  }
}

const strip = (name: string, shown: SignInView, act?: (page: Page) => Promise<void>): Scene => ({
  page: 'sign-in',
  name,
  bridge: signInBridge(shown),
  act: act ?? ((page) => page.locator('h1').waitFor()),
})

const kite = view('zerodha-main', 'kite-connect', 'AB1234')

/** Shows the strip above a broker's page. */
export const signInScenes: readonly Scene[] = [
  strip('strip above a broker’s page', kite),
  strip('strip after the code was copied', kite, async (page) => {
    await page.getByRole('button', { name: 'Copy code' }).click()
    await page.getByText('Code copied').waitFor()
  }),
  strip('strip without a stored code', view('upstox', 'upstox', '', { loginId: null, code: null })),
]
