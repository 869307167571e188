import type { Account } from '../accounts/account.ts'
import { secretKey, withAttempts, type Attempts } from '../accounts/account.ts'
import type { Broker, LoginContext, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type {
  Clock,
  HttpReply,
  HttpRequest,
  HttpSession,
  Keychain,
  OpenHttpSession,
  StateStore,
} from '../ports.ts'
import { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { totpCode, totpWindow } from '../totp/code.ts'
import { cleanWords } from './broker-words.ts'
import { attemptsLeftIn, settle, spend, takeBack, type AttemptKind } from './budget.ts'
import { assertClock, rememberWindow, waitForCode } from './code-timing.ts'
import { assertCool, coolDownAfter } from './cool-down.ts'
import type { TraceRecorder } from './trace.ts'
import { wait } from './wait.ts'

export interface ContextParts {
  readonly account: Account
  readonly broker: Broker
  readonly store: StateStore
  readonly keychain: Keychain
  readonly clock: Clock
  readonly offset: ClockOffset
  readonly openHttp: OpenHttpSession
  readonly signal: AbortSignal
  readonly trace: TraceRecorder
  /** What the trace calls requests that are sent before the first report of a step. */
  readonly step: string
  readonly onStep: (stepId: string, waitingForCode: boolean) => void
}

/** Shorter values are no session, but words that the broker may well want to say, such as the user ID. */
const MIN_SESSION_LENGTH = 16

/**
 * One conversation with a broker, with a cookie jar of its own. It keeps count of the attempt that is on its way,
 * and knows every secret that was said in it.
 */
export class BrokerConversation implements LoginContext {
  readonly http: HttpSession
  readonly #parts: ContextParts
  readonly #secrets = new Map<string, Secret>()
  readonly #session: HttpSession
  #onItsWay: AttemptKind | null = null
  #lastReply: HttpReply | null = null
  #step: string

  constructor(parts: ContextParts) {
    this.#parts = parts
    const { account, broker, offset } = parts
    this.#step = parts.step
    this.http = { send: (request) => this.#send(request) }
    this.#session = parts.openHttp({
      origins: Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin),
      signal: parts.signal,
      onDate: (serverTime, sentAt, receivedAt) => {
        offset.observe(serverTime, sentAt, receivedAt)
      },
      onCookie: (value) => {
        this.#learnSession(value)
      },
    })
  }

  /** @throws LoginError `rate-limited` while the broker wants no requests of this person */
  assertWelcome(): void {
    assertCool(this.#account(), this.#parts.clock.now())
  }

  /** Reads the secrets that a login needs; a probe or a logout does without. */
  async readSecrets(): Promise<void> {
    const { account, broker, keychain } = this.#parts
    for (const field of broker.fields) {
      if (field.kind === 'setting') continue
      const secret = await keychain.get(secretKey(account.name, field.name))
      if (secret !== null) this.#secrets.set(field.name, secret)
    }
  }

  /** Adds a token to what must never be seen in the broker's words. */
  learn(bundle: TokenBundle): void {
    for (const [field, value] of Object.entries(bundle)) this.#secrets.set(`token/${field}`, value)
  }

  setting(field: string): string {
    return this.#parts.account.settings[field] ?? this.#missing(field)
  }

  secret(field: string): Secret {
    return this.#stored(field, 'secret')
  }

  endpoint(key: string): URL {
    return endpointUrl(this.#parts.account, this.#parts.broker, key)
  }

  report(stepId: string): void {
    this.#step = stepId
    this.#parts.onStep(stepId, false)
  }

  async spendPassword(field: string): Promise<string> {
    const password = this.#stored(field, 'guarded')
    await this.#change((attempts) => spend(attempts, 'password'))
    this.#onItsWay = 'password'
    return password.reveal()
  }

  async passwordAccepted(): Promise<void> {
    await this.#accepted('password')
  }

  async spendCode(): Promise<string> {
    const { clock, offset, signal, onStep } = this.#parts
    const field = this.#parts.broker.fields.find(({ kind }) => kind === 'totp')
    const secret = this.#stored(field?.name ?? 'totp_secret', 'totp')
    assertClock(offset.offsetMs)
    for (;;) {
      const attempts = this.#account()
      // Before the wait: nobody should sit through one for a refusal.
      spend(attempts, 'code')
      const waitMs = waitForCode(offset.brokerNow(), attempts.codesSent)
      if (waitMs === 0) break
      onStep(this.#step, true)
      await wait(clock, waitMs, signal)
    }
    onStep(this.#step, false)
    const window = totpWindow(offset.brokerNow())
    await this.#change((attempts) => ({
      ...spend(attempts, 'code'),
      codesSent: rememberWindow(attempts.codesSent, window),
    }))
    this.#onItsWay = 'code'
    return totpCode(secret, window)
  }

  async codeAccepted(): Promise<void> {
    await this.#accepted('code')
  }

  /**
   * To be called with the error that ended the conversation. Writes down what the broker has said of further tries,
   * gives back an attempt that it surely has not judged, and turns an error that leaves an attempt in the dark into
   * one that does not invite another try. The broker's words in what comes back are fit to show.
   */
  async settleFailure(error: LoginError): Promise<LoginError> {
    const kind = this.#onItsWay
    this.#onItsWay = null
    const attemptsLeft = attemptsLeftIn(error.brokerWords)
    const coolDownMs = this.#lastReply === null ? 0 : coolDownAfter(error, this.#lastReply)
    const isGivenBack = kind !== null && error.notJudged
    if (isGivenBack || attemptsLeft !== null || coolDownMs > 0) {
      await this.#change((attempts) => ({
        ...(isGivenBack ? takeBack(attempts, kind) : attempts),
        ...(attemptsLeft !== null && { attemptsLeft }),
        ...(coolDownMs > 0 && { coolDownUntil: this.#parts.clock.now() + coolDownMs }),
      }))
    }
    const isInTheDark = kind === 'password' && error.retrySafe && !isGivenBack
    return this.#clean(isInTheDark ? unknownOutcome(error) : error)
  }

  async #send(request: HttpRequest): Promise<HttpReply> {
    // An error that comes without a reply is not to be explained by the reply before.
    this.#lastReply = null
    const reply = await this.#parts.trace.record(this.#step, request, (sent) => this.#session.send(sent))
    this.#lastReply = reply
    // Single-use tokens and session ids travel in redirects, and a broker may repeat them in its words.
    const location = reply.headers.get('location') ?? ''
    if (URL.canParse(location, request.url)) {
      for (const value of new URL(location, request.url).searchParams.values()) this.#learnSession(value)
    }
    return reply
  }

  #learnSession(value: string): void {
    if (value.length >= MIN_SESSION_LENGTH) this.#secrets.set(`session/${value}`, new Secret(value))
  }

  #clean(error: LoginError): LoginError {
    if (error.brokerWords === null) return error
    const { kind, message, next, cause } = error
    const brokerWords = cleanWords(error.brokerWords, this.#secrets.values())
    return new LoginError(kind, { message, next, brokerWords, cause })
  }

  async #accepted(kind: AttemptKind): Promise<void> {
    this.#onItsWay = null
    await this.#change((attempts) => settle(attempts, kind))
  }

  async #change(change: (attempts: Attempts) => Attempts): Promise<void> {
    const { account, broker, store } = this.#parts
    await store.update((state) => withAttempts(state, account.name, broker.identity, change))
  }

  /** The account as it stands now: attempts change it while the login runs. */
  #account(): Account {
    const { account, store } = this.#parts
    return store.state.accounts.find(({ name }) => name === account.name) ?? account
  }

  #stored(name: string, kind: 'secret' | 'guarded' | 'totp'): Secret {
    const field = this.#parts.broker.fields.find((candidate) => candidate.name === name)
    if (field?.kind !== kind) throw new TypeError(`${name} is not a field of kind ${kind}`)
    return this.#secrets.get(name) ?? this.#missing(name)
  }

  #missing(name: string): never {
    const label = this.#parts.broker.fields.find((field) => field.name === name)?.label ?? name
    throw new LoginError('bad-credentials', {
      message: `The ${label} of this account is not stored.`,
      next: 'Enter it in the account’s details.',
    })
  }
}

/** The address an account uses for one of its broker's endpoints. */
export function endpointUrl(account: Account, broker: Broker, key: string): URL {
  const address = account.endpoints[key] ?? broker.endpoints[key]
  if (address === undefined) throw new TypeError(`${broker.id} has no endpoint ${key}`)
  return new URL(address)
}

function unknownOutcome(error: LoginError): LoginError {
  return new LoginError('budget-spent', {
    message: `${error.message} The password was already on its way, so the broker may have counted it.`,
    cause: error,
  })
}
