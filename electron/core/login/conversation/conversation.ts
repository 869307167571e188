import type { ProblemKind } from '../../../contract/state.ts'
import type {
  CodeQuestion,
  EntryKind,
  LoginContext,
  SpentEntries,
  TokenBundle,
} from '../../brokers/broker.ts'
import { fieldNamed, fieldOfKind } from '../../brokers/find-field.ts'
import { endpointUrl } from '../../accounts/endpoint-url.ts'
import { ANSWER_DEADLINE_MS } from '../../concurrency/deadline.ts'
import { LoginError } from '../../errors.ts'
import type { Clock, HttpReply, HttpRequest, HttpSession, OpenedHttpSession } from '../../ports.ts'
import type { AccountHandle } from '../../state/account-handle.ts'
import { Secret } from '../../secret.ts'
import { totpWindow } from '../../totp/code.ts'
import { openBrokerSession, type SessionDeps } from './http-session.ts'
import { assertClock, waitForCode } from '../attempts/code-timing.ts'
import { Redactor } from './redactor.ts'
import { assertCool, coolDownAfter } from '../attempts/cool-down.ts'
import { Entries } from '../attempts/entries.ts'
import { assertLoginAllowed } from '../attempts/login-limits.ts'
import { notStored, StoredSecrets } from './stored-secrets.ts'
import { syncClock } from './sync-clock.ts'
import { replyShape } from './reply-shape.ts'
import { outcomeUnknown } from './settled-error.ts'
import type { TraceRecorder } from './trace.ts'
import { wait } from '../../concurrency/wait.ts'

/** Asks the user for a code; rejects with the signal's reason when it aborts. */
export type Ask = (question: CodeQuestion, signal: AbortSignal) => Promise<string>

/** What a conversation stands on, beside its session. */
export interface ConversationDeps extends Omit<SessionDeps, 'account' | 'broker'> {
  readonly handle: AccountHandle
  readonly clock: Clock
  readonly trace: TraceRecorder
  /** Null when nobody is there to be asked. */
  readonly ask: Ask | null
  /** What the trace calls requests that are sent before the first report of a step. */
  readonly step: string
  readonly onStep: (stepId: string, waitingForCode: boolean) => void
}

/** One conversation with a broker, with a cookie jar of its own. It knows every secret that was said in it. */
export class Conversation implements LoginContext {
  readonly http: HttpSession
  readonly #deps: ConversationDeps & SessionDeps
  readonly #entries: Entries
  readonly #secrets: StoredSecrets
  readonly #redactor: Redactor
  readonly #origins: readonly string[]
  #session: Promise<OpenedHttpSession> | null = null
  #lastReply: HttpReply | null = null
  #lastOrigin: string | null = null
  /** When the last reply came, epoch ms. */
  #repliedAt = Infinity
  #tokenUser: string
  #step: string

  constructor(deps: ConversationDeps) {
    const { account, broker } = deps.handle
    this.#deps = { ...deps, account, broker }
    this.#secrets = new StoredSecrets(account, broker, deps.keychain)
    this.#entries = new Entries(deps.handle)
    this.#redactor = new Redactor(Object.values(account.settings))
    this.#step = deps.step
    this.#tokenUser = account.tokenUser ?? ''
    this.http = { send: (request) => this.#send(request) }
    this.#origins = Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin)
  }

  /** @throws LoginError `rate-limited` while the broker wants no requests of this person */
  assertNotCoolingDown(): void {
    assertCool(this.#entries.account, this.#deps.broker.name, this.#deps.clock.now())
  }

  /**
   * Reads the secrets that a login needs; a probe or a logout does without. Before that, checks that they were entered
   * for the account's addresses, and has its proxy, if it has one, show that it opens the way to the broker.
   * @throws LoginError `app-config` when they were entered for others, the proxy's, the keychain's
   */
  async readSecrets(): Promise<void> {
    const isDirect = this.#deps.account.proxy === null
    // Gets ready meanwhile, because a keychain takes its time.
    await Promise.all([this.#secrets.assertBound(), isDirect && this.#prepare()])
    if (!isDirect) await this.#prepare()
    for (const secret of await this.#secrets.read()) this.#redactor.add(secret)
  }

  /** Gets ready to send, and loads what that takes. */
  async #prepare(): Promise<void> {
    const { broker } = this.#deps
    const [origin] = this.#origins
    const session = await this.#opened()
    if (origin !== undefined) await session.prepare(new URL(origin))
    await broker.load?.()
    if (fieldOfKind(broker, 'totp') !== undefined) await import('../../totp/generate.ts')
  }

  /** Adds a token to what must never be seen in the broker's words. */
  learn(bundle: TokenBundle): void {
    for (const value of Object.values(bundle)) this.#redactor.add(value)
  }

  /**
   * @throws LoginError `budget-spent` or `rate-limited` when a login could not get to its end: then it had better not
   *   begin
   */
  assertBudget(): void {
    assertLoginAllowed(this.#entries.account, this.#deps.broker, this.#deps.clock.now())
    for (const { kind } of this.#deps.broker.fields) {
      if (kind === 'guarded') this.#entries.assertAllowed(['password'])
      if (kind === 'totp') this.#entries.assertAllowed(['code'])
    }
  }

  setting(name: string): string {
    const value = this.#deps.account.settings[name]
    if (value !== undefined) return value
    const { broker } = this.#deps
    const field = fieldNamed(broker, name)
    if (field?.initial !== undefined) return field.initial
    if (field?.optional === true) return ''
    throw notStored(broker, name)
  }

  tokenUser(): string {
    return this.#tokenUser
  }

  learnTokenUser(userId: string): void {
    this.#tokenUser = userId
  }

  has(field: string): boolean {
    return this.#secrets.has(field)
  }

  pause(ms: number): Promise<void> {
    return wait(this.#deps.clock, ms, this.#deps.signal)
  }

  secret(field: string): Secret {
    return this.#secrets.get(field, 'secret')
  }

  endpoint(key: string): URL {
    return endpointUrl(this.#deps.account, this.#deps.broker, key)
  }

  report(stepId: string): void {
    this.#step = stepId
    this.#deps.onStep(stepId, false)
  }

  async spendPassword(field: string): Promise<string> {
    const password = this.#secrets.get(field, 'guarded')
    await this.#entries.spend(['password'], this.#deps.clock.now())
    return password.reveal()
  }

  async spendCode(): Promise<string> {
    return this.#spendTotp([])
  }

  async spend(entries: { readonly password: string; readonly code: true }): Promise<SpentEntries> {
    const password = this.#secrets.get(entries.password, 'guarded')
    const code = await this.#spendTotp(['password'])
    return { password: password.reveal(), code }
  }

  accepted(...kinds: EntryKind[]): void {
    this.#entries.accept(kinds)
  }

  /** A code computed here, written down together with what else its request carries. */
  async #spendTotp(others: readonly EntryKind[]): Promise<string> {
    const { broker, clock, offset, signal, onStep } = this.#deps
    const field = fieldOfKind(broker, 'totp')
    const secret = this.#secrets.get(field?.name ?? 'totp_secret', 'totp')
    const [endpoint = ''] = Object.keys(broker.endpoints)
    const { totpCode } = await import('../../totp/generate.ts')
    const host = this.#lastOrigin ?? this.endpoint(endpoint).origin
    if (offset.at(host) === null && this.#lastReply === null) await syncClock(this.http, new URL(host))
    assertClock(offset.bestTime(host).now - clock.now())
    const kinds: readonly EntryKind[] = [...others, 'code']
    for (;;) {
      // Before the wait: nobody should sit through one for a refusal.
      this.#entries.assertAllowed(kinds)
      const waitMs = waitForCode(offset.bestTime(host), this.#entries.account.codesSent)
      if (waitMs === 0) break
      this.#entries.flush()
      onStep(this.#step, true)
      await wait(clock, waitMs, signal)
    }
    onStep(this.#step, false)
    const window = totpWindow(offset.bestTime(host).now)
    await this.#entries.spend(kinds, clock.now(), window)
    const code = totpCode(secret, window)
    this.#redactor.add(new Secret(code))
    return code
  }

  get canAsk(): boolean {
    return this.#deps.ask !== null
  }

  async askCode(question: CodeQuestion): Promise<string> {
    const { account, ask, signal } = this.#deps
    // Before the question: nobody should type a code for a refusal.
    this.#entries.assertAllowed(['code'])
    if (ask === null) {
      throw new LoginError('second-factor-needed', {
        message: `The broker asks for the ${question.label}.`,
        next: `Log in from the tray app, or with: tokentray login ${account.name} --code 123456. ${question.help}`,
      })
    }
    this.#entries.flush()
    const code = await ask(question, signal)
    this.#redactor.add(new Secret(code))
    await this.#entries.spend(['code'], this.#deps.clock.now())
    return code
  }

  /** The broker's time by its own last reply, epoch ms, as far as known. */
  brokerNow(): number {
    const { clock, offset } = this.#deps
    return this.#lastOrigin === null ? clock.now() : offset.bestTime(this.#lastOrigin).now
  }

  /** Resolves when all that the broker has accepted is written down. */
  async settled(): Promise<void> {
    await this.#entries.settled()
  }

  /**
   * To be called with the error that ended the conversation. Settles what was sent, and turns an error that leaves a
   * password without an answer for the last time into one that does not invite another try. The broker's words in
   * what comes back are fit to show.
   */
  async recordFailure(error: LoginError): Promise<LoginError> {
    const coolDownMs = this.#lastReply === null ? 0 : coolDownAfter(error, this.#lastReply)
    const { broker, clock, trace } = this.#deps
    const outcome = await this.#entries.fail(error, coolDownMs, clock.now())
    if (notUnderstood.has(error.kind) && this.#lastReply !== null) {
      const isSecret = (text: string): boolean => this.#redactor.redact(text) !== text
      const shape = replyShape(this.#lastReply, broker.replyCodes ?? [], isSecret)
      trace.setNotUnderstood([`in step ${this.#step}: ${shape[0] ?? ''}`, ...shape.slice(1)])
    }
    const brokerWords = error.brokerWords === null ? null : this.#redactor.redact(error.brokerWords)
    const settled =
      outcome === 'unknown'
        ? outcomeUnknown(error, brokerWords, this.#entries.names)
        : error.with(brokerWords === null ? {} : { brokerWords })
    return settled.naming(broker.name)
  }

  #opened(): Promise<OpenedHttpSession> {
    return (this.#session ??= openBrokerSession(this.#deps, this.#origins, this.#redactor))
  }

  async #send(request: HttpRequest): Promise<HttpReply> {
    const { trace } = this.#deps
    const session = await this.#opened()
    const host = this.#origins.includes(request.url.origin) ? request.url.host : 'another host'
    // The computer slept in the middle: the broker has forgotten this login, and its refusal would mean nothing.
    if (this.#deps.clock.now() - this.#repliedAt > ANSWER_DEADLINE_MS)
      throw new LoginError('timeout', { notJudged: true })
    // An error that comes without a reply is not to be explained by the reply before.
    this.#lastReply = null
    this.#redactor.learnRequest(request)
    // A crash while the broker is busy must not make spent what it has accepted. It need not wait for the disk.
    this.#entries.flush()
    const reply = await trace.record(this.#step, host, request, (sent) => session.send(sent))
    this.#redactor.learnReply(reply, request.url)
    this.#lastReply = reply
    this.#repliedAt = this.#deps.clock.now()
    this.#lastOrigin = request.url.origin
    await this.#entries.settled()
    return reply
  }
}

/** What a reply that nobody here knows how to read ends a login with. */
const notUnderstood: ReadonlySet<ProblemKind> = new Set(['protocol-changed', 'bot-wall'])
