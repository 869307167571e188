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
  /** How the user has made the page easier to see; absent for not. */
  readonly seen?: Seen
}

/** Text of twice the size, or a high contrast of the system's. */
export type Seen = 'large' | 'forced'

/** A possible state of a page. */
export type Scene = { readonly [Name in PageName]: SceneOf<Name> }[PageName]

/** Returns the name of a scene's picture files, without theme and extension. */
export const fileName = ({ page, name }: Scene): string =>
  `${page}-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Returns the themes of a scene's pictures: one is enough to judge the layout, or colours that are the system's. */
export const themesOf = ({ seen }: Scene): readonly Theme[] =>
  seen === undefined ? themes : [seen === 'large' ? 'light' : 'dark']

/** Returns a scene as it is seen with text of twice the size, and in forced colours. */
export const madeEasier = (scene: Scene): Scene[] => [
  { ...scene, name: `${scene.name}, at twice the size`, seen: 'large' },
  { ...scene, name: `${scene.name}, in forced colours`, seen: 'forced' },
]

/** Returns a description of a scene. */
export const sentence = ({ page, name }: Scene): string => `the ${page.replace('-', ' ')} ${name}`
