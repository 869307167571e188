import type { TotpCode } from '../../contract/state.ts'
import { secretKey, type Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'
import type { Accounts } from './accounts.ts'
import { fieldOfKind } from '../brokers/find-field.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import type { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { standardTotp, totpWindow } from '../totp/code.ts'

/** How long a copied code has to be valid, so that it can still be typed, ms. */
const TYPING_MS = 3_000

export interface CodesDeps {
  readonly accounts: Accounts
  readonly keychain: Keychain
  readonly clock: Clock
  readonly offset: ClockOffset
}

export interface CodeToCopy {
  readonly code: string
  /** True when it is the code of the next window. */
  readonly isNext: boolean
}

/** Computes the codes that the user sees and copies. They spend no attempt. */
export class Codes {
  readonly #deps: CodesDeps

  constructor(deps: CodesDeps) {
    this.#deps = deps
  }

  /**
   * Returns the code that is valid at `now` (this machine's time, epoch ms).
   * @throws InputError for an unknown account, LoginError for the keychain or when no TOTP secret is stored
   */
  async current(name: string, now = this.#deps.clock.now()): Promise<TotpCode> {
    const { account, broker } = this.#deps.accounts.open(name)
    const field = fieldOfKind(broker, 'totp')
    const secret = field && (await this.#deps.keychain.get(secretKey(name, field.name)))
    if (!secret) throw new LoginError('bad-totp', noSecret)
    return this.of(secret, now, this.#deps.offset.correctionFor(originsOf(account, broker)))
  }

  /**
   * Returns the code of any secret, stored or not, that is valid at `now`.
   * @param correction of our clock, ms; by default what hosts agree on
   */
  async of(
    secret: Secret,
    now = this.#deps.clock.now(),
    correction = this.#deps.offset.correctionFor([]),
  ): Promise<TotpCode> {
    const { totpCode } = await import('../totp/generate.ts')
    const window = totpWindow(now + correction)
    const startsAt = window * standardTotp.periodMs - correction
    const [code, next] = [totpCode(secret, window), totpCode(secret, window + 1)]
    return { code, next, startsAt, endsAt: startsAt + standardTotp.periodMs }
  }

  /** Returns the code to copy: the next one when the current one is about to end. Throws like `current`. */
  async toCopy(name: string): Promise<CodeToCopy> {
    const now = this.#deps.clock.now()
    const { code, next, endsAt } = await this.current(name, now)
    return endsAt - now < TYPING_MS ? { code: next, isNext: true } : { code, isNext: false }
  }
}

/** Returns the origins at which the user types an account's codes. */
const originsOf = ({ endpoints }: Pick<Account, 'endpoints'>, broker: Pick<Broker, 'endpoints'>): string[] =>
  Object.values({ ...broker.endpoints, ...endpoints }).flatMap((url) =>
    URL.canParse(url) ? [new URL(url).origin] : [],
  )

const noSecret = {
  message: 'No TOTP secret is stored for this account.',
  next: 'Enter the TOTP secret in the account’s details.',
}
