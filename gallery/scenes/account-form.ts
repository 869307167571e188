import type { Page } from 'playwright-core'
import type { AccountFormBridge } from '../../electron/contract/bridge.ts'
import type { FormView } from '../../electron/contract/account-form.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { formView } from '../../electron/shell/account-form-view.ts'
import { formBridge } from '../bridges.ts'
import type { Scene } from '../scene.ts'

interface More {
  readonly bridge?: Partial<AccountFormBridge>
  readonly act?: (page: Page) => Promise<void>
}

/** A scene of the account form: "The account form NAME". */
const form = (name: string, view: FormView, more: More = {}): Scene => ({
  page: 'account-form',
  name,
  bridge: formBridge(view, more.bridge),
  act: more.act ?? (() => Promise.resolve()),
})

const empty = formView({ accounts: { list: [] }, brokers: registry }, null)

export const formScenes: readonly Scene[] = [form('for a new account', empty)]
