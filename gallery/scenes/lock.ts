import { account, appState, noToken, problem } from '../made-up.ts'
import type { Scene } from '../scene.ts'
import { popover } from './popover.ts'

const accounts = [
  account('zerodha-main', 'kite-connect', { totp: null }),
  account('upstox-main', 'upstox', { ...noToken, totp: null, problem: problem('bad-totp') }),
  account('kotak', 'kotak-neo', { ...noToken, totp: null }),
]
const locked = { isLocked: true, wish: null, touchId: false }

/** Shows the locked app. */
export const lockScenes: readonly Scene[] = [
  popover('that is locked', appState(accounts, { lock: locked })),
  popover(
    'that is locked, opened to copy a token on a Mac',
    appState(accounts, {
      lock: { ...locked, wish: 'copy the access token of zerodha-main', touchId: true },
    }),
  ),
  popover('that refused a passphrase', appState(accounts, { lock: locked }), {
    bridge: {
      unlock: () =>
        Promise.resolve({ ok: false, message: 'That is not the passphrase. Try again in 8 seconds.' }),
    },
    act: async (page) => {
      await page.getByLabel('Passphrase').fill('a guess')
      await page.getByRole('button', { name: 'Unlock' }).click()
      await page.getByText('That is not the passphrase').waitFor()
      // The input is focused and selected in the frame after the answer.
      await page.waitForFunction(() => document.activeElement?.id === 'passphrase')
    },
  }),
]
