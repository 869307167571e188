import type { Account } from '../accounts/account.ts'
import { secretKey, withAttempts, type Attempts } from '../accounts/account.ts'
import type { Broker, CodeQuestion, Field, LoginContext, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type {
  Clock,
  HttpReply,
  HttpRequest,
  HttpSession,
  Keychain,
  OpenedHttpSession,
  OpenHttpSession,
  StateStore,
} from '../ports.ts'
import { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { totpCode, totpWindow } from '../totp/code.ts'
import { attemptsLeftIn } from './attempts-left.ts'
import { openBrokerSession } from './broker-session.ts'
import { settle, spend, takeBack, type AttemptKind } from './budget.ts'
import { assertClock, rememberWindow, waitForCode } from './code-timing.ts'
import { Confidences } from './confidences.ts'
import { assertCool, coolDownAfter, coolDownLeft } from './cool-down.ts'
import { entryNames, type EntryNames } from './entry-names.ts'
import { learnTime } from './learn-time.ts'
import { retold, unknownOutcome } from './settled-error.ts'
import type { TraceRecorder } from './trace.ts'
import { wait } from './wait.ts'

/** Asks the user for a code; rejects with the signal's reason when it aborts. */
export type Ask = (question: CodeQuestion, signal: AbortSignal) => Promise<string>

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
  /** Null when nobody is there to be asked. */
  readonly ask: Ask | null
  /** What the trace calls requests that are sent before the first report of a step. */
  readonly step: string
  readonly onStep: (stepId: string, waitingForCode: boolean) => void
  /** Called before a password or code leaves: from then on the broker may end an earlier token. */
  readonly onEntry: () => Promise<void>
}

/**
 * One conversation with a broker, with a cookie jar of its own. It keeps count of the attempt that is on its way,
 * and knows every secret that was said in it.
 */
export class BrokerConversation implements LoginContext {
  readonly http: HttpSession
  readonly #parts: ContextParts
  readonly #secrets = new Map<string, Secret>()
  readonly #confidences: Confidences
  readonly #origins: readonly string[]
  #session: Promise<OpenedHttpSession> | null = null
  #onItsWay: AttemptKind | null = null
  #lastReply: HttpReply | null = null
  #step: string

  constructor(parts: ContextParts) {
    this.#parts = parts
    const { account, broker } = parts
    this.#confidences = new Confidences(Object.values(account.settings))
    this.#step = parts.step
    this.http = { send: (request) => this.#send(request) }
    this.#origins = Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin)
  }

  /** Has the account's proxy, if it has one, show that it opens the way to the broker, before anything is said. */
  async tryProxy(): Promise<void> {
    const [origin] = this.#origins
    if (origin !== undefined) await (await this.#opened()).tryProxy(new URL(origin))
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
      if (secret === null) continue
      this.#secrets.set(field.name, secret)
      this.#confidences.learn(secret)
    }
  }

  /** Adds a token to what must never be seen in the broker's words. */
  learn(bundle: TokenBundle): void {
    for (const value of Object.values(bundle)) this.#confidences.learn(value)
  }

  /** @throws LoginError `budget-spent` when a login could not get to its end: then it had better not begin */
  assertBudget(): void {
    for (const { kind } of this.#parts.broker.fields) {
      if (kind === 'guarded') this.#spend(this.#account(), 'password')
      if (kind === 'totp') this.#spend(this.#account(), 'code')
    }
  }

  setting(name: string): string {
    const value = this.#parts.account.settings[name]
    if (value !== undefined) return value
    const field = this.#field(name)
    return field?.initial ?? (field?.optional === true ? '' : this.#missing(name))
  }

  has(field: string): boolean {
    return this.#secrets.has(field)
  }

  pause(ms: number): Promise<void> {
    return wait(this.#parts.clock, ms, this.#parts.signal)
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
    await this.#parts.onEntry()
    await this.#change((attempts) => this.#spend(attempts, 'password'))
    this.#onItsWay = 'password'
    return password.reveal()
  }

  async passwordAccepted(): Promise<void> {
    await this.#accepted('password')
  }

  async spendCode(): Promise<string> {
    const { broker, clock, offset, signal, onStep } = this.#parts
    const field = broker.fields.find(({ kind }) => kind === 'totp')
    const secret = this.#stored(field?.name ?? 'totp_secret', 'totp')
    const [endpoint = ''] = Object.keys(broker.endpoints)
    if (offset.offsetMs === null && this.#lastReply === null)
      await learnTime(this.http, this.endpoint(endpoint))
    assertClock(offset.offsetMs)
    for (;;) {
      const attempts = this.#account()
      // Before the wait: nobody should sit through one for a refusal.
      this.#spend(attempts, 'code')
      const waitMs = waitForCode(offset.brokerNow(), attempts.codesSent)
      if (waitMs === 0) break
      onStep(this.#step, true)
      await wait(clock, waitMs, signal)
    }
    onStep(this.#step, false)
    await this.#parts.onEntry()
    const window = totpWindow(offset.brokerNow())
    await this.#change((attempts) => ({
      ...this.#spend(attempts, 'code'),
      codesSent: rememberWindow(attempts.codesSent, window),
    }))
    this.#onItsWay = 'code'
    const code = totpCode(secret, window)
    this.#confidences.learn(new Secret(code))
    return code
  }

  get canAsk(): boolean {
    return this.#parts.ask !== null
  }

  async askCode(question: CodeQuestion): Promise<string> {
    const { account, ask, signal } = this.#parts
    // Before the question: nobody should type a code for a refusal.
    this.#spend(this.#account(), 'code')
    if (ask === null) {
      throw new LoginError('second-factor-needed', {
        message: `The broker asks for the ${question.label}.`,
        next: `Log in from the tray app, or with: tokentray login ${account.name} --code 123456. ${question.help}`,
      })
    }
    const code = await ask(question, signal)
    this.#confidences.learn(new Secret(code))
    await this.#parts.onEntry()
    await this.#change((attempts) => this.#spend(attempts, 'code'))
    this.#onItsWay = 'code'
    return code
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
      const now = this.#parts.clock.now()
      await this.#change((attempts) => ({
        ...(isGivenBack ? takeBack(attempts, kind) : attempts),
        ...(attemptsLeft !== null && { attemptsLeft }),
        ...(coolDownMs > 0 && {
          coolDownUntil: now + Math.max(coolDownMs, coolDownLeft(attempts.coolDownUntil, now)),
        }),
      }))
    }
    const brokerWords = error.brokerWords === null ? null : this.#confidences.clean(error.brokerWords)
    const isInTheDark = kind === 'password' && error.retrySafe && !isGivenBack
    return isInTheDark ? unknownOutcome(error, brokerWords, this.#names()) : retold(error, brokerWords)
  }

  #opened(): Promise<OpenedHttpSession> {
    return (this.#session ??= openBrokerSession(this.#parts, this.#origins, this.#confidences))
  }

  async #send(request: HttpRequest): Promise<HttpReply> {
    const { trace } = this.#parts
    const session = await this.#opened()
    const host = this.#origins.includes(request.url.origin) ? request.url.host : 'another host'
    // An error that comes without a reply is not to be explained by the reply before.
    this.#lastReply = null
    this.#confidences.learnRequest(request)
    const reply = await trace.record(this.#step, host, request, (sent) => session.send(sent))
    this.#confidences.learnReply(reply, request.url)
    this.#lastReply = reply
    return reply
  }

  #spend<T extends Attempts>(attempts: T, kind: AttemptKind): T {
    return spend(attempts, kind, this.#names())
  }

  #names(): EntryNames {
    return entryNames(this.#account(), this.#parts.broker)
  }

  async #accepted(kind: AttemptKind): Promise<void> {
    this.#onItsWay = null
    await this.#change((attempts) => settle(attempts, kind))
  }

  async #change(change: (attempts: Attempts) => Attempts): Promise<void> {
    const { account, broker, store } = this.#parts
    await store.update((state) => withAttempts(state, account.name, broker, change))
  }

  /** The account as it stands now: attempts change it while the login runs. */
  #account(): Account {
    const { account, store } = this.#parts
    return store.state.accounts.find(({ name }) => name === account.name) ?? account
  }

  #stored(name: string, kind: 'secret' | 'guarded' | 'totp'): Secret {
    if (this.#field(name)?.kind !== kind) throw new TypeError(`${name} is not a field of kind ${kind}`)
    return this.#secrets.get(name) ?? this.#missing(name)
  }

  #field(name: string): Field | undefined {
    return this.#parts.broker.fields.find((field) => field.name === name)
  }

  #missing(name: string): never {
    const label = this.#field(name)?.label ?? name
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
