import type { Page } from 'playwright-core'
import type { AccountFormBridge } from '../electron/contract/account-form.ts'
import type { PopoverBridge } from '../electron/contract/popover.ts'
import type { SettingsBridge } from '../electron/contract/settings.ts'
import type { SignInBridge } from '../electron/contract/sign-in.ts'

/** The bridge of each page, and its name in the page's `window`. */
export interface Bridges {
  readonly popover: { readonly global: 'tokentray'; readonly bridge: PopoverBridge }
  readonly 'account-form': { readonly global: 'accountForm'; readonly bridge: AccountFormBridge }
  readonly settings: { readonly global: 'settings'; readonly bridge: SettingsBridge }
  readonly 'sign-in': { readonly global: 'signIn'; readonly bridge: SignInBridge }
}

export type PageName = keyof Bridges

export const globals: { readonly [Name in PageName]: Bridges[Name]['global'] } = {
  popover: 'tokentray',
  'account-form': 'accountForm',
  settings: 'settings',
  'sign-in': 'signIn',
}

/** Initial size of each page's window, CSS px. */
export const windowSizes: Readonly<Record<PageName, { readonly width: number; readonly height: number }>> = {
  popover: { width: 380, height: 560 },
  'account-form': { width: 640, height: 720 },
  settings: { width: 760, height: 720 },
  'sign-in': { width: 480, height: 120 },
}

interface SceneOf<Name extends PageName> {
  readonly page: Name
  /** Ends the sentence "The popover …" or "The account form …", and names the picture files. */
  readonly name: string
  /** The made-up data and replies of the page. */
  readonly bridge: Bridges[Name]['bridge']
  /** The user's actions before the picture. */
  readonly act: (page: Page) => Promise<void>
}

/** A possible state of a page. */
export type Scene = { readonly [Name in PageName]: SceneOf<Name> }[PageName]

/** Returns the name of a scene's picture files, without theme and extension. */
export const fileName = ({ page, name }: Scene): string =>
  `${page}-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`

/** Returns a description of a scene. */
export const sentence = ({ page, name }: Scene): string => `the ${page.replace('-', ' ')} ${name}`
