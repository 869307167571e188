import { nextIstHour } from '../../time/expiry.ts'
import type { Broker, CallContext } from '../broker.ts'
import { dialogUrl } from './dialog-url.ts'
import { DEVELOPER_PAGE, fields } from './fields.ts'
import { answerIn, isRegistered } from './redirect.ts'

/** Loads the calls on first use, so that start-up stays short. */
const calls = () => import('./calls.ts')

/**
 * Describes Upstox. https://upstox.com/developer/api-documentation/login documents the first address, the token, the
 * profile and the logout; the steps between are those of Upstox's own login page.
 */
export const upstox: Broker = {
  id: 'upstox',
  name: 'Upstox',
  initials: 'UP',
  colour: '#5a298b',
  fields,
  identity: 'username',
  endpoints: {
    api: 'https://api.upstox.com',
    login: 'https://login.upstox.com',
    service: 'https://service.upstox.com',
  },
  domains: ['upstox.com'],
  pages: { login: 'https://login.upstox.com', developers: `https://${DEVELOPER_PAGE}` },
  terms: {
    label: 'private login endpoints',
    sentence:
      'Upstox’s documents say that all logins are handled by its own pages and that there is no public way for ' +
      'another program to log a customer in. TokenTray makes the calls that the login page makes and approves your ' +
      'app in your place, at your own risk; it may stop working whenever Upstox changes that page.',
    source: 'https://upstox.com/developer/api-documentation/authentication',
  },
  steps: [
    { id: 'open', label: 'Opening Upstox’s login' },
    { id: 'number', label: 'Sending the mobile number' },
    { id: 'code', label: 'Checking the TOTP code' },
    { id: 'pin', label: 'Checking the PIN' },
    { id: 'approve', label: 'Approving your app' },
    { id: 'exchange', label: 'Exchanging the code for an access token' },
    { id: 'probe', label: 'Trying the access token' },
  ],
  tokenFields: ['access_token'],
  // The only value that https://github.com/upstox/upstox-python needs, by its name in traders' own scripts.
  exports: { access_token: 'UPSTOX_ACCESS_TOKEN' },
  // "until 3:30 AM the following day": https://upstox.com/developer/api-documentation/get-token
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 3.5),
  // The codes of the login page, as programs have seen them, and of https://upstox.com/developer/api-documentation/error-codes
  replyCodes: [
    ...[
      '1017016',
      '1017069',
      '1017106',
      'UDAPI10000',
      'UDAPI10005',
      'UDAPI100016',
      'UDAPI100050',
      'UDAPI100057',
    ],
    ...['UDAPI100058', 'UDAPI100068', 'UDAPI100073', 'UDAPI100500', 'UDAPI1154', 'UDAPI1221'],
  ],
  load: calls,
  login: async (context) => (await calls()).login(context),
  assisted: {
    page: dialogUrl,
    isEnd,
    finish: async (context, end) => (await calls()).finish(context, end),
    refuse: async (context, reply) => (await calls()).refuse(context, reply),
  },
  probe: async (context, token) => (await calls()).probe(context, token),
  addresses: async (context, token) => (await calls()).addresses(context, token),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}

/** Takes no code without the sign-in's own `state`, because any page can lead to the registered URL. */
function isEnd(context: CallContext, address: URL, state: string): boolean {
  const answer = (name: string): string | null => answerIn(context, address, name)
  const hasAnswer = answer('error') !== null || (answer('code') !== null && answer('state') === state)
  return hasAnswer && isRegistered(context, address)
}
