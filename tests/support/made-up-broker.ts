import type {
  Broker,
  CallContext,
  LoginContext,
  LoginLimit,
  TokenBundle,
} from '../../electron/core/brokers/broker.ts'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import type { HttpRequest, HttpReply, Keychain, OpenHttpSession } from '../../electron/core/ports.ts'
import { Accounts } from '../../electron/core/accounts/accounts.ts'
import type { Account } from '../../electron/core/state/account.ts'
import { MemoryKeychain } from '../../electron/adapters/memory-keychain.ts'
import { Secret } from '../../electron/core/secret.ts'
import { Tokens } from '../../electron/core/accounts/tokens.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { FakeClock } from './fake-clock.ts'
import { MemoryHistory, MemoryLocks, MemoryState, morning } from './harness.ts'

/** Configures the made-up broker; by default everything works. */
export interface MadeUpBehaviour {
  login?: (context: LoginContext) => Promise<TokenBundle>
  probe?: (context: CallContext, token: TokenBundle) => Promise<void>
  expiresAt?: Broker['expiresAt']
  loginLimits?: readonly LoginLimit[]
  refresh?: (context: CallContext, token: TokenBundle) => Promise<TokenBundle>
  /** Answers the requests of the steps, by default with an empty 200. */
  answer?: (request: HttpRequest, signal: AbortSignal) => Promise<HttpReply>
}

export const emptyReply: HttpReply = { status: 200, headers: new Headers(), body: '' }

export const madeUpTokens: TokenBundle = { first: new Secret('token one'), second: new Secret('token two') }

/** The user's entries for an account at the made-up broker. */
export const madeUpValues = {
  user_id: 'AB1234',
  app_id: 'app',
  app_secret: 'app secret',
  password: 'a password',
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
} as const

/** Returns a broker with every kind of field and two token fields. A test can replace its steps. */
export function madeUpBroker(behaviour: MadeUpBehaviour = {}): Broker {
  const field = (name: string, kind: 'setting' | 'secret' | 'guarded' | 'totp') => ({
    name,
    kind,
    label: name,
    help: '',
    env: `MADE_UP_${name.toUpperCase()}`,
  })
  return {
    id: 'made-up',
    name: 'Made-up Broker',
    initials: 'MU',
    colour: '#000000',
    fields: [
      field('user_id', 'setting'),
      field('app_id', 'setting'),
      field('app_secret', 'secret'),
      field('password', 'guarded'),
      field('totp_secret', 'totp'),
    ],
    identity: 'user_id',
    endpoints: { api: 'https://made-up.example' },
    pages: { login: 'https://made-up.example' },
    terms: { label: 'private login endpoints', sentence: 'Mind the terms.', source: 'nowhere' },
    steps: [
      { id: 'login', label: 'Logging in' },
      { id: 'probe', label: 'Trying the access token' },
    ],
    tokenFields: ['first', 'second'],
    exports: { first: 'MADE_UP_FIRST', second: 'MADE_UP_SECOND' },
    expiresAt: behaviour.expiresAt ?? ((issuedAt) => issuedAt + 60 * 60_000),
    login: behaviour.login ?? (() => Promise.resolve(madeUpTokens)),
    probe: behaviour.probe ?? (() => Promise.resolve()),
    ...(behaviour.loginLimits && { loginLimits: behaviour.loginLimits }),
    ...(behaviour.refresh && { refresh: behaviour.refresh }),
    revoke: null,
  }
}

/**
 * Returns the domain with the made-up broker and one account, `main`, on a clock that tests move. Uses no network.
 */
export async function madeUpDomain(
  behaviour: MadeUpBehaviour = {},
  keychain: Keychain = new MemoryKeychain(),
) {
  const clock = new FakeClock(morning)
  const store = new MemoryState()
  const sent: HttpRequest[] = []
  const openHttp: OpenHttpSession = ({ signal }) => ({
    send: async (request) => {
      signal.throwIfAborted()
      sent.push(request)
      return (await behaviour.answer?.(request, signal)) ?? emptyReply
    },
    prepare: () => Promise.resolve(),
  })
  const broker = madeUpBroker(behaviour)
  const parts = {
    clock,
    store,
    keychain,
    openHttp,
    locks: new MemoryLocks(),
    history: new MemoryHistory(),
    troublePauses: [],
    offset: new ClockOffset(clock, () => clock.now()),
    brokers: new Map([[broker.id, broker]]),
  }
  const accounts = new Accounts(parts)
  await accounts.add({
    name: 'main',
    brokerId: broker.id,
    values: madeUpValues,
    endpoints: {},
    acceptTerms: true,
  })
  const account = (): Account => accounts.open('main').account
  return {
    ...parts,
    accounts,
    account,
    sent,
    engine: new LoginEngine({ ...parts, accounts }),
    tokens: new Tokens({ ...parts, accounts }),
  }
}

/** A promise that a test fulfils. */
export interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

export function gate(): Gate {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    opened,
    open: () => {
      open()
    },
  }
}

/** Rejects with the signal's reason when it aborts, as a pending request does. */
export async function untilAborted(signal: AbortSignal): Promise<never> {
  const { opened, open } = gate()
  signal.addEventListener('abort', () => open(), { once: true })
  if (!signal.aborted) await opened
  throw signal.reason
}
