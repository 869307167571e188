import type { AccountFormBridge, PopoverBridge } from '../electron/contract/bridge.ts'

declare global {
  interface Window {
    /** Only in the popover. */
    readonly tokentray: PopoverBridge
    /** Only in the account form. */
    readonly accountForm: AccountFormBridge
  }
}
