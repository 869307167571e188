import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { root } from './processes.mjs'

/** @typedef {{ id: string, name: string, ours: string, prefix: string }} NewBroker */

/**
 * Returns the names of a new broker.
 * @param {string} id such as `angel-one`
 * @param {string} [name] such as "Angel One"
 * @returns {NewBroker}
 */
export function namesOf(id, name) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new Error('An id has small letters, digits and dashes.')
  const words = id.split('-')
  const capital = (/** @type {string} */ word) => word.charAt(0).toUpperCase() + word.slice(1)
  const camel = words.map((word, at) => (at === 0 ? word : capital(word))).join('')
  const isName = /^[a-z]/.test(camel)
  return {
    id,
    name: name ?? words.map(capital).join(' '),
    ours: isName ? camel : `broker${camel}`,
    prefix: isName
      ? id.toUpperCase().replaceAll('-', '_')
      : `BROKER_${id.toUpperCase().replaceAll('-', '_')}`,
  }
}

/**
 * Returns the files of a new broker, by path. They compile, and play a login with password and code in one request.
 * @param {NewBroker} names
 * @returns {Record<string, string>}
 */
export function filesOf({ id, name, ours, prefix }) {
  return {
    [`electron/core/brokers/${id}/broker.ts`]: `import { nextIstHour } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { password, totpSecret, userId } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = '${prefix}'
const tokenFields = ['access_token'] as const

/** Describes ${name} by the login that it documents for programs. */
export const ${ours}: Broker = {
  id: '${id}',
  name: '${name}',
  initials: '${name.slice(0, 2).toUpperCase()}',
  colour: '#444444',
  fields: [
    userId({
      name: 'user_id',
      label: 'User ID',
      help: 'What you log in to ${name} with.',
      ...envOf(prefixes, 'USER_ID'),
      example: 'AB1234',
    }),
    password({ name: 'password', label: 'Password', help: 'Your password.', ...envOf(prefixes, 'PASSWORD') }),
    totpSecret({ help: 'Shown when you enable TOTP.', ...envOf(prefixes, 'TOTP_SECRET') }),
  ],
  identity: 'user_id',
  endpoints: { api: 'https://${id}.example' },
  terms: documentedLogin('${name}', 'password and your TOTP secret', 'nowhere yet'),
  steps: [
    { id: 'login', label: 'Checking password and TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields,
  exports: exportsOf('${prefix}', tokenFields),
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 6),
  ...lazyCalls(calls),
  revoke: null,
}
`,
    [`electron/core/brokers/${id}/calls.ts`]: `import * as z from 'zod/mini'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'probe'

const api = jsonApi<Step>({
  envelope: envelopeReader({ code: ['code'], words: ['message'], refused: { status: ['error'] } }),
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      // Where the broker checks the code last, a refused code accepts the password.
      { in: ['login'], kind: 'bad-totp', words: codeWords, accepts: ['password'] },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
      { in: ['probe'], kind: 'token-expired', statuses: [401, 403] },
    ],
  },
})

const Session = z.object({ token: Text })
const Profile = z.object({ user_id: z.string() })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const user = context.setting('user_id')
  const { password, code } = await context.spend({ password: 'password', code: true })
  const request = { method: 'POST', path: '/login', json: { user, password, totp: code } } as const
  const { token } = await api.call(context, 'login', request, Session)
  return bundleOf({ access_token: token })
}

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const headers = { Authorization: \`Bearer \${tokenField(token, 'access_token')}\` }
  const { user_id } = await api.call(context, 'probe', { method: 'GET', path: '/me', headers }, Profile)
  assertTokenOf(context.setting('user_id'), user_id)
}
`,
    [`electron/core/brokers/${id}/cases.test.ts`]: `import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'

brokerConformance('${id}', {
  wrong: {
    password: {
      typed: { password: 'another' },
      kind: 'bad-credentials',
      words: 'password',
      spent: { password: 1, code: 1 },
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'TOTP',
      spent: { password: 0, code: 2 },
    },
  },
  locked: { kind: 'account-locked', spent: { password: 1, code: 1 } },
  refusals: {},
  expires: '2026-11-22T00:30:00.000Z',
})
`,
    [`practice/${id}.ts`]: `import { AccessTokens } from './access-tokens.ts'
import { json, type PracticeRequest, type Reply } from './exchange.ts'
import { lastIst } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { bearerOf } from './kit/routes.ts'

const refuse = (status: number, message: string): Reply => json(status, { status: 'error', message })

/** A practice ${name}. */
export const ${ours} = definePractice({
  id: '${id}',
  credentials: {
    user_id: 'PR0001',
    password: 'practice-${id}',
    totp_secret: '${`${id.toUpperCase().replaceAll(/[^A-Z]/g, '')}PRACTICE`.repeat(4).slice(0, 32)}',
  },
  endpoints: ['api'],
  refuse,
  answer: /PR0001/,
  simulation: {
    password: 'password',
    entries: {
      'POST /login': [
        { entry: 'password', field: 'password' },
        { entry: 'code', field: 'totp' },
      ],
    },
    loginRoutes: { needed: ['POST /login'], probe: 'GET /me', elsewhere: [] },
  },
  open: ({ credentials, account, now, completed }) => {
    const tokens = new AccessTokens([credentials.user_id], now, (at) => lastIst(6, at))

    function login({ user = '', password = '', totp = '' }: JsonFields): Reply {
      if (user !== credentials.user_id) return refuse(401, 'Unknown user id')
      const verdict = account.enterPassword(password === credentials.password)
      if (verdict === 'wrong') return refuse(401, 'Invalid password')
      const code = verdict === 'right' ? account.enterCode(totp) : 'blocked'
      if (code === 'blocked') return refuse(403, 'The account is locked after 5 wrong entries.')
      if (code === 'wrong') return refuse(401, 'Invalid TOTP')
      completed()
      return json(200, { token: tokens.mint() })
    }

    const me = (request: PracticeRequest): Reply =>
      tokens.isLive(bearerOf(request))
        ? json(200, { user_id: credentials.user_id })
        : refuse(401, 'Invalid token')

    return {
      routes: {
        api: { 'POST /login': withJson(['user', 'password', 'totp'], refuse, login), 'GET /me': me },
      },
      accepts: ({ access_token = '' }) => tokens.isLive(access_token),
      endSessions: () => {
        tokens.revokeAll()
      },
    }
  },
})
`,
  }
}

/**
 * Returns a new broker's section of docs/brokers.md. Its empty cells are what a test asks for.
 * @param {NewBroker} names
 */
export const sectionOf = ({ id, name, prefix }) => `
## ${name} (\`${id}\`)

|            |                                    |
| ---------- | ---------------------------------- |
| fields     | user ID, password, TOTP secret     |
| endpoints  | \`api\` https://${id}.example |
| token      | \`access_token\`, until 06:00 IST    |
| terms      | documented machine login           |
| documented |                                    |
| certainty  |                                    |
| at hand    |                                    |
| gives      |                                    |

1. \`POST api/login\` with user ID, password and TOTP code.
2. \`GET api/me\` tries the token.

After \`eval "$(npx --no tokentray token NAME --login --format env)"\`, in Python with the \`requests\` package:

\`\`\`python
import os, requests
headers = {"Authorization": "Bearer " + os.environ["${prefix}_ACCESS_TOKEN"]}
print(requests.get("https://${id}.example/me", headers=headers).json())
\`\`\`

and in Node without a package:

\`\`\`js
const headers = { authorization: \`Bearer \${process.env.${prefix}_ACCESS_TOKEN}\` }
const reply = await fetch('https://${id}.example/me', { headers })
console.log(await reply.json())
\`\`\`
`

/**
 * Returns a registry with one more line: an import, and a word at the end of its list.
 * @param {string} code
 * @param {string} from
 * @param {string} word
 */
export function withLine(code, from, word) {
  const list = /^((?:export )?const \w+: readonly \w+\[\] = \[)([^\]]*?),?\s*\]/m
  if (!list.test(code)) throw new Error('The registry has no list.')
  const imported = `import { ${word} } from '${from}'\n${code}`
  return imported.replace(
    list,
    (_all, /** @type {string} */ start, /** @type {string} */ words) =>
      `${start}${words.trimEnd()}, ${word}]`,
  )
}

/**
 * Writes a new broker into a checkout.
 * @param {NewBroker} names
 * @param {string} folder
 */
export function addBroker(names, folder) {
  const files = filesOf(names)
  for (const file of Object.keys(files)) {
    if (existsSync(join(folder, file))) throw new Error(`There is a ${file} already.`)
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const change = (/** @type {string} */ file, /** @type {(text: string) => string} */ how) => {
    writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')))
  }
  const { id, ours } = names
  change('electron/core/brokers/registry.ts', (code) => withLine(code, `./${id}/broker.ts`, ours))
  change('practice/defined.ts', (code) => withLine(code, `./${id}.ts`, ours))
  change('docs/brokers.md', (text) => text + sectionOf(names))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { name: { type: 'string' } } })
  const [id = ''] = positionals
  addBroker(namesOf(id, values.name), root)
  process.stdout.write(`Written. What is next stands in CONTRIBUTING.md, under “Adding a broker”.\n`)
}
