import type { AccountView } from '../../electron/contract/state.ts'
import { playMoneyNotice } from '../../electron/shell/own-notices.ts'
import {
  account,
  appState,
  codeNow,
  codeWith,
  expired,
  expiring,
  forCodesAlone,
  loggingIn,
  MIDNIGHT,
  NOW,
  noToken,
  problem,
  question,
  rejected,
  unverified,
} from '../made-up.ts'
import type { Scene } from '../scene.ts'
import { popover } from './popover.ts'

const ready = account('zerodha-main', 'kite-connect', { totp: codeNow('492039') })

/** One account of each kind that a morning produces. */
const four: readonly AccountView[] = [
  ready,
  account('upstox', 'upstox', loggingIn),
  account('kotak-neo', 'kotak-neo', {
    ...noToken,
    problem: problem('bad-credentials', {
      message: 'Wrong PIN.',
      brokerWords: 'Invalid MPIN. You have 3 attempts left.',
    }),
  }),
  account('zerodha-family', 'kite-web', { ...expiring, totp: codeNow('018273') }),
]

const eight: readonly AccountView[] = [
  ...four,
  account('upstox-huf', 'upstox', { totp: codeNow('771204') }),
  account('kotak-old', 'kotak-trade', expired),
  account('zerodha-algo', 'kite-connect', { ...unverified, totp: codeNow('330918') }),
  account('practice', 'kite-connect', { practice: true, totp: codeNow('604417') }),
]

/** A morning when all is well, in lines. */
const six: readonly AccountView[] = [
  ready,
  account('upstox', 'upstox', { totp: codeNow('107458') }),
  account('kotak-neo', 'kotak-neo', { totp: codeNow('550219'), expiresAt: MIDNIGHT }),
  account('zerodha-family', 'kite-web', { ...expiring, totp: codeNow('018273') }),
  account('angel', 'angel-one', { totp: codeNow('771204') }),
  account('dhan-huf', 'dhan', { totp: codeNow('604417') }),
]

const brokerIds = ['kite-connect', 'upstox', 'kotak-neo', 'kite-web', 'kotak-trade']

const fifty = Array.from({ length: 50 }, (_, index) =>
  account(`client-${String(index + 1).padStart(2, '0')}`, brokerIds[index % brokerIds.length] ?? '', {
    totp: codeNow(String(100_003 + index * 17_389).slice(0, 6)),
    ...(index % 17 === 3 && { ...noToken, problem: problem('network') }),
  }),
)

const copiedFrom = (what: 'token' | 'code' | 'next-code', seconds: number) => ({
  clipboard: {
    account: ready.name,
    what,
    copiedAt: NOW + (seconds - 30) * 1000,
    clearsAt: NOW + seconds * 1000,
  },
})

/** Shows the states of an account, alone and among several. */
export const accountScenes: readonly Scene[] = [
  popover('on the first run', appState([])),
  popover('with one account that is ready', appState([ready])),
  popover('with one account that is for codes alone', appState([{ ...ready, ...forCodesAlone }])),
  popover(
    'with a practice account',
    appState([account('practice', 'kite-connect', { practice: true, totp: codeNow('604417') })], {
      notices: [playMoneyNotice],
    }),
  ),
  popover(
    'with blurred codes of which one is read',
    appState([ready, account('upstox', 'upstox', { totp: codeNow('107458') })], { blurCodes: true }),
    { act: (page) => page.getByRole('button', { name: 'Copy code' }).first().press('Shift') },
  ),
  popover('with four accounts', appState(four)),
  popover('with six accounts', appState(six)),
  popover('with eight accounts', appState(eight)),
  popover('with eight accounts of which only those not ready are shown', appState(eight), {
    act: (page) => page.getByRole('button', { name: /^4 of 8 ready/ }).click(),
  }),
  popover('with fifty accounts', appState(fifty)),
  popover('with fifty accounts that are searched', appState(fifty), {
    act: async (page) => {
      await page.getByRole('searchbox').fill('client-1')
      await page.getByText('10 of 50').waitFor()
    },
  }),
  popover('with fifty accounts that are searched in vain', appState(fifty), {
    act: async (page) => {
      await page.getByRole('searchbox').fill('angel')
      await page.getByText('0 of 50').waitFor()
    },
  }),
  popover('with an account that has no token yet', appState([{ ...ready, ...noToken }])),
  popover('with a token that ends soon', appState([{ ...ready, ...expiring }])),
  popover('with a token that has ended', appState([{ ...ready, ...expired }])),
  popover('with a token that is no longer accepted', appState([{ ...ready, ...rejected }])),
  popover('with a token that could not be checked', appState([{ ...ready, ...unverified }])),
  popover('with a token whose end is unknown', appState([{ ...ready, expiresAt: null }])),
  popover('with a login under way', appState([{ ...ready, ...loggingIn }])),
  popover(
    'with a login under way while the old token still works',
    appState([{ ...ready, login: loggingIn.login }]),
  ),
  popover('with a code in its last seconds', appState([{ ...ready, totp: codeWith(7) }])),
  popover('with a code that is about to end', appState([{ ...ready, totp: codeWith(2) }])),
  popover('with a code that has ended', appState([{ ...ready, totp: codeWith(-3) }])),
  popover('after the token was copied', appState([ready], copiedFrom('token', 24))),
  popover('after the code was copied', appState([ready], copiedFrom('code', 30))),
  popover(
    'after the next code was copied',
    appState([{ ...ready, totp: codeWith(2) }], copiedFrom('next-code', 30)),
  ),
  popover('that asks for a code', appState([{ ...ready, ...loggingIn, question: question() }])),
  popover(
    'that asks for a code again',
    appState([
      {
        ...ready,
        ...loggingIn,
        question: question({ again: true }),
        problem: problem('bad-totp', {
          brokerWords: 'Invalid App Code',
        }),
      },
    ]),
    { act: (page) => page.getByRole('textbox').fill('4920') },
  ),
  popover(
    'with times in twelve hours',
    appState([ready, account('kotak-old', 'kotak-trade', expired)], { hour12: true }),
  ),
]
