import type { Field } from '../broker.ts'

/**
 * The constructor and `login` arguments of `KSTradeApi` in https://github.com/osparamatrix/ks-orderapi-python. Its
 * `host` is the endpoint `api`; its proxy is the account's proxy.
 */
export const fields: readonly Field[] = [
  {
    name: 'userid',
    kind: 'setting',
    label: 'User ID',
    help: 'What you log in to Kotak Securities with. It is not the client code.',
    env: 'KOTAK_TRADE_USERID',
    normalise: normaliseHeader,
  },
  {
    name: 'password',
    kind: 'guarded',
    label: 'Password',
    help: 'Your Kotak Securities password.',
    env: 'KOTAK_TRADE_PASSWORD',
  },
  {
    name: 'consumer_key',
    kind: 'secret',
    label: 'Consumer key',
    help: 'At tradeapi.kotaksecurities.com/devportal, among the production keys of your application.',
    env: 'KOTAK_TRADE_CONSUMER_KEY',
    normalise: normaliseHeader,
  },
  {
    name: 'access_token',
    kind: 'secret',
    label: 'Application access token',
    help: 'Generate it next to the consumer key, with validity −1 (never ends).',
    env: 'KOTAK_TRADE_ACCESS_TOKEN',
    normalise: normaliseHeader,
  },
  {
    name: 'asks_access_code',
    kind: 'setting',
    label: 'Ask for the access code',
    help:
      'yes: at each login you type the code that Kotak sends by SMS and e-mail. no: the login does without, which ' +
      'Kotak allows some accounts. Nothing is tried out: a wrong try would use up the password’s one-time token.',
    env: 'KOTAK_TRADE_ASKS_ACCESS_CODE',
    initial: 'no',
    loginOnly: true,
    normalise: normaliseChoice,
  },
  {
    name: 'ip',
    kind: 'setting',
    label: 'IP address',
    help: 'What to tell Kotak as this computer’s address. Any will do.',
    env: 'KOTAK_TRADE_IP',
    initial: '127.0.0.1',
    normalise: normaliseHeader,
  },
  {
    name: 'app_id',
    kind: 'setting',
    label: 'App ID',
    help: 'May be left empty.',
    env: 'KOTAK_TRADE_APP_ID',
    optional: true,
    normalise: normaliseHeader,
  },
]

/** Allows only the characters of an HTTP header, because these values are sent as headers. */
function normaliseHeader(typed: string): string {
  const value = typed.trim()
  if (/^[\x21-\x7e]+$/.test(value)) return value
  throw new TypeError('has only letters, digits and punctuation of a plain keyboard, and no spaces')
}

function normaliseChoice(typed: string): string {
  const choice = typed.trim().toLowerCase()
  if (choice === 'yes' || choice === 'no') return choice
  throw new TypeError('is yes or no')
}
