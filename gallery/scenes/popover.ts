import type { Page } from 'playwright-core'
import type { PopoverBridge } from '../../electron/contract/popover.ts'
import type { AppState } from '../../electron/contract/state.ts'
import { popoverBridge } from '../bridges.ts'
import type { Scene } from '../scene.ts'

interface More {
  readonly bridge?: Partial<PopoverBridge>
  readonly act?: (page: Page) => Promise<void>
}

/** Returns a scene of the popover: "The popover NAME". */
export const popover = (name: string, state: AppState, more: More = {}): Scene => ({
  page: 'popover',
  name,
  bridge: popoverBridge(state, more.bridge),
  act: more.act ?? (() => Promise.resolve()),
})
