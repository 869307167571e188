import { earliest, jwtExpiry, nextIstHour } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { envNames } from '../env-names.ts'
import { appSecret, hintUnless, plainText, setting } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const tokenFields = ['session_token', 'account_id'] as const

/** Samco sends both values encrypted and takes them as they are. A mail may break them into lines. */
const encrypted = {
  normalise: (typed: string) => plainText(typed.replace(/\s+/g, '')),
  hint: hintUnless(
    /^.{32,}$/,
    'is shorter than the encrypted text that Samco gives, which is never decrypted; it is kept as it is',
  ),
}

/** The names of Samco's own samples, and OpenAlgo's. */
const envOf = (endings: string) => {
  const [env = '', ...aliases] = envNames('SAMCO STOCKNOTE', endings)
  return { env, aliases: [...aliases, `BROKER_${endings.split(' ')[0] ?? ''}`] }
}

/** Describes Samco by the direct login of Trade API 3.2: https://docs-tradeapi.samco.in/session/generate-token */
export const samco: Broker = {
  id: 'samco',
  name: 'Samco',
  initials: 'SA',
  colour: '#00796b',
  fields: [
    setting({
      name: 'api_key',
      label: 'API key',
      help: 'The long encrypted text that Samco mailed to you when you created the app, as it is.',
      ...envOf('API_KEY APIKEY'),
      ...encrypted,
    }),
    appSecret({
      name: 'api_secret',
      label: 'API secret',
      help: 'At tradeapi.samco.in/app/login, under API Keys, by “Reveal Secret”. A long encrypted text, as it is.',
      ...envOf('API_SECRET APISECRET SECRET'),
      ...encrypted,
    }),
  ],
  identity: 'api_key',
  endpoints: { api: 'https://tradeapi.samco.in' },
  pages: { login: 'https://tradeapi.samco.in/app/login' },
  terms: {
    label: 'documented machine login',
    sentence:
      'Samco documents this login for programs. API key and API secret alone log in, without a second factor: ' +
      'whoever can use this computer can log in. Keeping both here is at your own risk.',
    source: 'Samco Trade API, “Generate Session Token”: docs-tradeapi.samco.in/session/generate-token',
  },
  steps: [
    { id: 'login', label: 'Checking API key and API secret' },
    { id: 'probe', label: 'Trying the session token' },
  ],
  // The token's name in the environment is that of Samco's samples.
  tokenFields,
  exports: exportsOf('SAMCO', tokenFields),
  // "valid until 08:00 IST the next day": https://docs-tradeapi.samco.in/session/generate-token
  expiresAt: (issuedAt, { session_token: token }) =>
    earliest(nextIstHour(issuedAt, 8), token === undefined ? null : jwtExpiry(token)),
  replyCodes: ['001', '008', '009', '015', '016', '017', '999'].map((number) => `EOAUTH${number}`),
  ...lazyCalls(calls),
  addresses: async (context, token) => (await calls()).addresses(context, token),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
