import type { Account } from '../accounts/account.ts'
import { secretKey, withAttempts } from '../accounts/account.ts'
import type { Broker, LoginContext, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock, HttpSession, Keychain, OpenHttpSession, StateStore } from '../ports.ts'
import { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { totpCode, totpWindow } from '../totp/code.ts'
import { cleanWords } from './broker-words.ts'
import { settle, spend, takeBack, type AttemptKind } from './budget.ts'
import { assertClock, rememberWindow, waitForCode } from './code-timing.ts'
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
  readonly onStep: (stepId: string, waitingForCode: boolean) => void
}

/** Shorter cookies are no session, but words that the broker may well want to say, such as the user ID. */
const MIN_SESSION_LENGTH = 16

/**
 * One conversation with a broker, with a cookie jar of its own. It keeps count of the attempt that is on its way,
 * and knows every secret that was said in it.
 */
export class BrokerConversation implements LoginContext {
  readonly http: HttpSession
  readonly #parts: ContextParts
  readonly #secrets = new Map<string, Secret>()
  #onItsWay: AttemptKind | null = null
  #step = ''

  constructor(parts: ContextParts) {
    this.#parts = parts
    const { account, broker, offset } = parts
    this.http = parts.openHttp({
      origins: Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin),
      signal: parts.signal,
      onDate: (serverTime, sentAt, receivedAt) => {
        offset.observe(serverTime, sentAt, receivedAt)
      },
      onCookie: (value) => {
        if (value.length >= MIN_SESSION_LENGTH) this.#secrets.set(`cookie/${value}`, new Secret(value))
      },
    })
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

  /** The error with the broker's words made fit to show. */
  clean(error: LoginError): LoginError {
    if (error.brokerWords === null) return error
    const { kind, message, next, cause } = error
    return new LoginError(kind, {
      message,
      next,
      brokerWords: cleanWords(error.brokerWords, this.#secrets.values()),
      cause,
    })
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
    await this.#change((account) => ({ ...account, spent: spend(account.spent, 'password') }))
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
      const { spent, codesSent } = this.#account()
      // Before the wait: nobody should sit through one for a refusal.
      spend(spent, 'code')
      const waitMs = waitForCode(offset.brokerNow(), codesSent)
      if (waitMs === 0) break
      onStep(this.#step, true)
      await wait(clock, waitMs, signal)
    }
    onStep(this.#step, false)
    const window = totpWindow(offset.brokerNow())
    await this.#change((current) => ({
      ...current,
      spent: spend(current.spent, 'code'),
      codesSent: rememberWindow(current.codesSent, window),
    }))
    this.#onItsWay = 'code'
    return totpCode(secret, window)
  }

  async codeAccepted(): Promise<void> {
    await this.#accepted('code')
  }

  /**
   * To be called with the error that ended the login: gives back an attempt that the broker surely has not judged,
   * and turns an error that leaves an attempt in the dark into one that does not invite another try.
   */
  async settleFailure(error: LoginError): Promise<LoginError> {
    const kind = this.#onItsWay
    if (kind === null) return error
    this.#onItsWay = null
    if (error.notJudged) {
      await this.#change((account) => ({ ...account, spent: takeBack(account.spent, kind) }))
      return error
    }
    return kind === 'password' && error.retrySafe ? unknownOutcome(error) : error
  }

  async #accepted(kind: AttemptKind): Promise<void> {
    this.#onItsWay = null
    await this.#change((account) => ({ ...account, spent: settle(account.spent, kind) }))
  }

  async #change(change: Parameters<typeof withAttempts>[3]): Promise<void> {
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
