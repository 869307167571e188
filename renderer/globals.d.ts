import type { AccountFormBridge } from '../electron/contract/account-form.ts'
import type { PopoverBridge } from '../electron/contract/popover.ts'
import type { SettingsBridge } from '../electron/contract/settings.ts'

declare global {
  interface Window {
    /** Only in the popover. */
    readonly tokentray: PopoverBridge
    /** Only in the account form. */
    readonly accountForm: AccountFormBridge
    /** Only in the settings. */
    readonly settings: SettingsBridge
  }
}
