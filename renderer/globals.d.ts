import type { AccountFormBridge } from '../electron/contract/account-form.ts'
import type { PopoverBridge } from '../electron/contract/popover.ts'
import type { SignInBridge } from '../electron/contract/sign-in.ts'
import type { SettingsBridge } from '../electron/contract/settings.ts'

declare global {
  interface Window {
    /** Defined only in the popover. */
    readonly tokentray: PopoverBridge
    /** Defined only in the account form. */
    readonly accountForm: AccountFormBridge
    /** Defined only in the settings. */
    readonly settings: SettingsBridge
    /** Defined only in the strip above a broker's page. */
    readonly signIn: SignInBridge
  }
}
