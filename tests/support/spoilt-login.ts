import { Conversation } from '../../electron/core/login/conversation/conversation.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { AccountHandle } from '../../electron/core/state/account-handle.ts'
import { LoginError } from '../../electron/core/errors.ts'
import { TraceRecorder } from '../../electron/core/login/conversation/trace.ts'
import type { Clock, HttpReply, HttpRequest, OpenHttpSession } from '../../electron/core/ports.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { definedBrokers } from '../../practice/defined.ts'
import { MADE_UP_CREDENTIALS } from '../../practice/kotak-trade/credentials.ts'
import { brokerMorning } from './broker-morning.ts'
import { MemoryState, type domain } from './harness.ts'
import { kiteMorning, kiteWebMorning } from './kite-morning.ts'
import { neoMorning } from './kotak-neo-morning.ts'
import { tradeMorning } from './kotak-trade-morning.ts'
import { upstoxMorning } from './upstox-morning.ts'

export type Morning = Pick<
  ReturnType<typeof domain>,
  'clock' | 'store' | 'keychain' | 'openHttp' | 'accounts'
>

/** The logins with a morning of their own. */
const ownMornings: [string, string, () => Promise<Morning>][] = [
  ['kite-connect', 'kite', kiteMorning],
  ['kite-web', 'kite', kiteWebMorning],
  ['upstox', 'upstox', upstoxMorning],
  ['kotak-neo', 'neo', neoMorning],
  ['kotak-trade', 'trade', () => tradeMorning()],
  ['kotak-trade with an access code', 'trade', () => tradeMorning({ typed: { asks_access_code: 'yes' } })],
]

/** Every kind of login: its name, its account and a function that prepares the morning. */
export const loginMornings: typeof ownMornings = [
  ...ownMornings,
  ...definedBrokers
    .filter(({ id }) => !ownMornings.some(([own]) => own === id))
    .map(({ id }): [string, string, () => Promise<Morning>] => [id, id, () => brokerMorning(id)]),
]

/** Logs in, checks the token and logs out, with an account in its initial state. */
export async function converse(parts: Morning, name: string, openHttp: OpenHttpSession): Promise<void> {
  const store = new MemoryState()
  store.state = parts.store.state
  const handle = new AccountHandle(name, store, registry)
  const { broker } = handle
  const clock: Clock = {
    now: () => parts.clock.now(),
    after: (_ms, callback) => {
      queueMicrotask(callback)
      return () => undefined
    },
  }
  const conversation = new Conversation({
    handle,
    clock,
    openHttp,
    keychain: parts.keychain,
    offset: new ClockOffset(clock, () => clock.now()),
    signal: new AbortController().signal,
    trace: new TraceRecorder(clock),
    ask: () => Promise.resolve(MADE_UP_CREDENTIALS.access_code),
    step: 'login',
    onStep: () => undefined,
  })
  await conversation.readSecrets()
  try {
    const token = await broker.login(conversation)
    conversation.learn(token)
    broker.expiresAt(clock.now(), token)
    await broker.probe(conversation, token)
    await broker.revoke?.(conversation, token)
  } catch (error) {
    throw error instanceof LoginError ? await conversation.recordFailure(error) : error
  }
}

export const nothing: HttpReply = { status: 200, headers: new Headers(), body: '' }
export const routeOf = ({ method, url }: HttpRequest): string => `${method} ${url.origin}${url.pathname}`

/** Returns the replies of a successful login, by route. */
export async function trueReplies(parts: Morning, account: string): Promise<Map<string, HttpReply>> {
  const replies = new Map<string, HttpReply>()
  const recording: OpenHttpSession = (options) => {
    const session = parts.openHttp(options)
    return {
      send: async (request) => {
        const reply = await session.send(request)
        replies.set(routeOf(request), reply)
        return reply
      },
      prepare: (target) => session.prepare(target),
    }
  }
  await converse(parts, account, recording)
  return replies
}
