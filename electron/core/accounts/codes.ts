import type { TotpCode } from '../../contract/state.ts'
import { secretKey } from '../state/account.ts'
import type { Accounts } from './accounts.ts'
import { fieldOfKind } from '../brokers/field-of-kind.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import type { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { standardTotp, totpCode, totpWindow } from '../totp/code.ts'

/** A copied code with less than this to live would be old before it is typed, ms. */
const TYPING_MS = 3_000

export interface CodesDeps {
  readonly accounts: Accounts
  readonly keychain: Keychain
  readonly clock: Clock
  readonly offset: ClockOffset
}

export interface CodeToCopy {
  readonly code: string
  /** True when it is the code of the window to come. */
  readonly isNext: boolean
}

/** The codes that the user sees and copies. Looking at a code spends nothing. */
export class Codes {
  readonly #deps: CodesDeps

  constructor(deps: CodesDeps) {
    this.#deps = deps
  }

  /**
   * The code of this moment; `now` (this machine's time, epoch ms) moves the moment.
   * @throws InputError for an unknown account, LoginError for the keychain or when no TOTP secret is stored
   */
  async current(name: string, now = this.#deps.clock.now()): Promise<TotpCode> {
    const { broker } = this.#deps.accounts.open(name)
    const field = fieldOfKind(broker, 'totp')
    const secret = field && (await this.#deps.keychain.get(secretKey(name, field.name)))
    if (!secret) throw new LoginError('bad-totp', noSecret)
    return this.of(secret, now)
  }

  /** The code of a secret that need not be stored, at this moment or at `now`. */
  of(secret: Secret, now = this.#deps.clock.now()): TotpCode {
    const correction = this.#deps.offset.correctionMs
    const window = totpWindow(now + correction)
    const startsAt = window * standardTotp.periodMs - correction
    const [code, next] = [totpCode(secret, window), totpCode(secret, window + 1)]
    return { code, next, startsAt, endsAt: startsAt + standardTotp.periodMs }
  }

  /** The code worth copying: the next one when this one is about to end. Throws like `current`. */
  async toCopy(name: string): Promise<CodeToCopy> {
    const now = this.#deps.clock.now()
    const { code, next, endsAt } = await this.current(name, now)
    return endsAt - now < TYPING_MS ? { code: next, isNext: true } : { code, isNext: false }
  }
}

const noSecret = {
  message: 'No TOTP secret is stored for this account.',
  next: 'Enter the TOTP secret in the account’s details.',
}
