import * as z from 'zod/mini'
import { withPath, tokenField, readJson, statusError } from '../electron/core/brokers/kit/replies.ts'
import type {
  Broker,
  CallContext,
  Field,
  LoginContext,
  TokenBundle,
} from '../electron/core/brokers/broker.ts'
import { commonMeaning, mentionsCode, mentionsPassword } from '../electron/core/brokers/kit/refusal-words.ts'
import { LoginError } from '../electron/core/errors.ts'
import type { HttpReply } from '../electron/core/ports.ts'
import { Secret } from '../electron/core/secret.ts'
import { nextIstHour } from '../electron/core/time/expiry.ts'

const field = (name: string, kind: Field['kind']): Field => ({
  name,
  kind,
  label: name,
  help: '',
  env: `TWO_ENTRY_${name.toUpperCase()}`,
})

/** Defines a made-up broker that takes password and code in one request, unlike every shipped broker. */
export const twoEntry: Broker = {
  id: 'two-entry',
  name: 'Two-entry Broker',
  initials: 'TE',
  colour: '#000000',
  fields: [field('user_id', 'setting'), field('password', 'guarded'), field('totp_secret', 'totp')],
  identity: 'user_id',
  endpoints: { api: 'https://two-entry.example' },
  pages: { login: 'https://made-up.example' },
  terms: { label: 'private login endpoints', sentence: 'Made up.', source: 'nowhere' },
  steps: [
    { id: 'login', label: 'Logging in' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields: ['token'],
  exports: { token: 'TWO_ENTRY_TOKEN' },
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 5),
  login,
  probe,
  revoke: null,
}

const Answer = z.object({ token: z.optional(z.string()), error: z.optional(z.string()) })

async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const entries = await context.spend({ password: 'password', code: true })
  const url = withPath(context.endpoint('api'), '/login')
  const json = { user: context.setting('user_id'), ...entries }
  const { token, error } = answerIn(await context.http.send({ method: 'POST', url, json }), (words) => {
    // The broker checks the code last, so a refusal of the code accepts the password.
    if (mentionsCode(words)) context.accepted('password')
    return mentionsCode(words) || mentionsPassword(words)
  })
  if (token === undefined || error !== undefined) throw new LoginError('protocol-changed')
  context.accepted('password', 'code')
  return { token: new Secret(token) }
}

async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const url = withPath(context.endpoint('api'), '/me')
  const headers = { Authorization: `Bearer ${tokenField(token, 'token')}` }
  answerIn(await context.http.send({ method: 'GET', url, headers }), () => false)
}

/**
 * Returns the content of a reply.
 * @param isAboutEntry tells whether the words are about an entry
 * @throws LoginError when the reply is a refusal
 */
function answerIn(reply: HttpReply, isAboutEntry: (words: string) => boolean): z.infer<typeof Answer> {
  const answer = Answer.safeParse(readJson(reply))
  if (!answer.success) throw new LoginError('protocol-changed')
  const { error } = answer.data
  if (error === undefined) {
    if (reply.status >= 400) throw statusError(reply.status)
    return answer.data
  }
  const isEntry = isEntryStatus(reply) && isAboutEntry(error)
  const beside = commonMeaning(reply.status, error, isEntry)
  const { kind, ...details } = beside ?? { kind: kindOf(error, isEntry) }
  throw new LoginError(kind, { ...details, brokerWords: error })
}

const isEntryStatus = ({ status }: HttpReply): boolean => status === 401

function kindOf(
  words: string,
  isEntry: boolean,
): 'bad-credentials' | 'bad-totp' | 'token-expired' | 'protocol-changed' {
  if (isEntry) return mentionsCode(words) ? 'bad-totp' : 'bad-credentials'
  return /token/i.test(words) ? 'token-expired' : 'protocol-changed'
}
