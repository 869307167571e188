import type { Page } from 'playwright-core'
import type { AccountFormBridge } from '../electron/contract/account-form.ts'
import type { PopoverBridge } from '../electron/contract/popover.ts'
import type { SettingsBridge } from '../electron/contract/settings.ts'

/** By page: the name that its bridge has in the page's `window`, and the bridge. */
export interface Bridges {
  readonly popover: { readonly global: 'tokentray'; readonly bridge: PopoverBridge }
  readonly 'account-form': { readonly global: 'accountForm'; readonly bridge: AccountFormBridge }
  readonly settings: { readonly global: 'settings'; readonly bridge: SettingsBridge }
}

export type PageName = keyof Bridges

export const globals: { readonly [Name in PageName]: Bridges[Name]['global'] } = {
  popover: 'tokentray',
  'account-form': 'accountForm',
  settings: 'settings',
}

/** How wide and high each page's window is before its page says otherwise, CSS px. */
export const windowSizes: Readonly<Record<PageName, { readonly width: number; readonly height: number }>> = {
  popover: { width: 380, height: 560 },
  'account-form': { width: 480, height: 720 },
  settings: { width: 560, height: 720 },
}

interface SceneOf<Name extends PageName> {
  readonly page: Name
  /** Ends the sentence "The popover …" or "The account form …", and names its pictures. */
  readonly name: string
  /** What the page gets to see and to hear. */
  readonly bridge: Bridges[Name]['bridge']
  /** What a user does before the picture is taken. */
  readonly act: (page: Page) => Promise<void>
}

/** One state of one page, as a user may meet it. */
export type Scene = { readonly [Name in PageName]: SceneOf<Name> }[PageName]

/** The name of a scene's picture files, without theme and ending. */
export const fileName = ({ page, name }: Scene): string =>
  `${page}-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`

/** What a scene shows, in words. */
export const sentence = ({ page, name }: Scene): string => `the ${page.replace('-', ' ')} ${name}`
