import { problemKinds, type ProblemKind } from '../../electron/contract/state.ts'
import { setAsideNotice } from '../../electron/core/state/state.ts'
import { clockWarning } from '../../electron/core/totp/clock-warning.ts'
import { noTrayNotice } from '../../electron/shell/tray/tray-notice.ts'
import { refused } from '../bridges.ts'
import { account, appState, codeNow, NOW, noToken, problem } from '../made-up.ts'
import type { Scene } from '../scene.ts'
import { popover } from './popover.ts'

const stuck = account('zerodha-main', 'kite-connect', { ...noToken, totp: codeNow('492039') })
const ready = account('zerodha-main', 'kite-connect', { totp: codeNow('492039') })

/** Messages that brokers have really sent. */
const heard: Partial<Record<ProblemKind, string>> = {
  'bad-credentials': 'Invalid user ID or password.',
  'account-locked': 'Your account has been locked. Please reset your password to unlock.',
  'rate-limited': 'Too many requests. Please try again after 10 minutes.',
  'app-config': 'Invalid `api_key`.',
  'ip-not-allowed': 'IP 203.0.113.7 is not allowed to log in to this app.',
}

const LONG = 'Maximum allowed number of login attempts has been exceeded for this client code. '.repeat(6)

const hostile = [
  account('a-name-as-long-as-anybody-may-give-an-account-0123456789', 'kite-connect', {
    ...noToken,
    problem: problem('bad-credentials', {
      brokerWords: `<img src=x onerror="alert(1)"><script>alert(1)</script>`,
    }),
  }),
  account('right-to-left', 'upstox', {
    ...noToken,
    problem: problem('broker-down', { brokerWords: '\u202Eسيرفر معطل 12345 <b>\u202C please wait' }),
  }),
  account('long-words', 'kotak-neo', {
    ...noToken,
    problem: problem('account-locked', { brokerWords: LONG + 'A'.repeat(200) }),
  }),
]

/** Shows problems of one account, of all accounts and of the user's latest request. */
export const troubleScenes: readonly Scene[] = [
  ...problemKinds.map((kind) =>
    popover(
      `with the problem ${kind}`,
      appState([
        {
          ...stuck,
          problem: problem(kind, { brokerWords: heard[kind] ?? null }),
          refusedAddress: kind === 'ip-not-allowed' ? '203.0.113.7' : null,
        },
      ]),
    ),
  ),
  popover(
    'with a problem while the old token still works',
    appState([{ ...ready, problem: problem('network') }]),
  ),
  popover('with texts that mean no good', appState(hostile)),
  popover(
    'with a locked keychain',
    appState([{ ...ready, totp: null }], { keychain: problem('keychain-locked') }),
  ),
  popover(
    'without a keychain',
    appState([{ ...ready, totp: null }], { keychain: problem('keychain-missing') }),
    { act: (page) => page.getByText('More').click() },
  ),
  popover(
    'with a clock that is wrong',
    appState([ready], {
      clockWarning: clockWarning(42_000),
    }),
  ),
  popover(
    'with notices',
    appState([ready], {
      notices: [
        setAsideNotice('state.json.damaged-2025-11-12T03-20-00.000Z'),
        noTrayNotice({ XDG_CURRENT_DESKTOP: 'GNOME' }),
      ],
    }),
  ),
  popover('on the first run without a keychain', appState([], { keychain: problem('keychain-missing') })),
  popover('after a copy that did not work', appState([ready]), {
    bridge: { copyToken: refused(problem('keychain-locked')) },
    act: (page) => page.getByRole('button', { name: /^Copy (access )?token/ }).click(),
  }),
  popover('on the first run after the practice broker failed', appState([]), {
    bridge: { addPractice: refused(problem('network')) },
    act: (page) => page.getByRole('button', { name: /practice account/ }).click(),
  }),
  popover('with the menu of an account', appState([ready]), {
    act: (page) => page.getByRole('button', { name: /^More for/ }).click(),
  }),
  popover('with the menu of one of two accounts', appState([ready, { ...stuck, name: 'zerodha-family' }]), {
    act: (page) => page.getByRole('button', { name: 'More for zerodha-family' }).click(),
  }),
  popover('with the forms to copy a token in', appState([ready]), {
    act: async (page) => {
      await page.getByRole('button', { name: /^More for/ }).click()
      await page.getByRole('menuitem', { name: 'Copy as' }).click()
    },
  }),
  popover('with the history of an account', appState([ready]), {
    bridge: {
      getHistory: () =>
        Promise.resolve([
          { at: NOW - 86_400_000 - 2_160_000, event: 'obtained', by: 'schedule' },
          { at: NOW - 2_160_000, event: 'obtained', by: 'schedule' },
          { at: NOW, event: 'copied', by: 'tray' },
        ]),
    },
    act: async (page) => {
      await page.getByRole('button', { name: /^More for/ }).click()
      await page.getByRole('menuitem', { name: 'History' }).click()
      await page.getByText('12 Nov').waitFor()
    },
  }),
  popover('that asks before it removes an account', appState([ready]), {
    act: async (page) => {
      await page.getByRole('button', { name: /^More for/ }).click()
      await page.getByRole('menuitem', { name: 'Remove…' }).click()
    },
  }),
]
