import type { Freshness } from '../../contract/state.ts'
import type { Accounts } from './accounts.ts'
import type { TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Keychain } from '../ports.ts'
import type { Secret } from '../secret.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { readBundle } from './bundle.ts'
import { freshness } from '../state/freshness.ts'

export interface TokensDeps {
  readonly accounts: Accounts
  readonly keychain: Keychain
  /** Tokens expire by the brokers' clock, not by this machine's. */
  readonly offset: ClockOffset
}

/** Hands out tokens that may still work, and none that is known not to. */
export class Tokens {
  readonly #deps: TokensDeps

  constructor(deps: TokensDeps) {
    this.#deps = deps
  }

  /**
   * Returns how good an account's token is now.
   * @throws InputError for an unknown account
   */
  freshness(name: string): Freshness {
    return freshness(this.#deps.accounts.open(name).account.token, this.#deps.offset.brokerNow())
  }

  /**
   * Returns an account's token bundle.
   * @throws InputError for an unknown account, LoginError `token-expired` without a token that may work, or the
   *   keychain's
   */
  async bundle(name: string): Promise<TokenBundle> {
    const state = this.freshness(name)
    if (state === 'none') throw new LoginError('token-expired', none)
    const { broker } = this.#deps.accounts.open(name)
    if (state === 'expired' || state === 'rejected') throw new LoginError('token-expired').naming(broker.name)
    const bundle = await readBundle(this.#deps.keychain, name, broker)
    if (bundle === null) throw new LoginError('token-expired', none)
    return bundle
  }

  /** Returns the access token itself. Throws like `bundle`. */
  async primary(name: string): Promise<Secret> {
    const [field] = this.#deps.accounts.open(name).broker.tokenFields
    const token = (await this.bundle(name))[field]
    if (token === undefined) throw new LoginError('token-expired', none)
    return token
  }
}

const none = { message: 'There is no token yet.', next: 'Log in first.' }
