import { timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { deriveKey, newSalt, STRONG, type ScryptCost } from '../../adapters/sealed-format.ts'
import { InputError } from '../../core/errors.ts'
import type { Clock, Keychain } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'

/** The keychain's item. No account has a space in its name. */
const ITEM = 'app lock'

/** Who can read the keychain needs no passphrase, so a short one is only ever guessed here, try by try. */
const MIN_CHARACTERS = 6

/** Wrong tries without a wait, then the first wait, which doubles with each wrong try up to the longest, ms. */
const FREE_TRIES = 3
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 60 * 60_000

const Kept = z.object({
  version: z.literal(1),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.string(),
  hash: z.string(),
  /** Wrong tries since the last right one, and when the last of them was made, epoch ms. */
  wrong: z.int().check(z.gte(0)),
  lastAt: z.number(),
})
type Kept = z.infer<typeof Kept>

/** The result of a try; `until` is when the next one is possible, epoch ms, or null for at once. */
export type Verdict =
  | { readonly is: 'right' | 'missing' }
  | { readonly is: 'wrong'; readonly until: number | null }
  | { readonly is: 'too soon'; readonly until: number }

export interface LockPassphraseDeps {
  readonly keychain: Keychain
  readonly clock: Pick<Clock, 'now'>
  readonly cost?: ScryptCost
}

/**
 * Checks the lock's passphrase. Keeps in the keychain what checks it, never the passphrase, and counts wrong tries there
 * before each is judged, so that neither a restart nor a crash gives tries away.
 */
export class LockPassphrase {
  readonly #keychain: Keychain
  readonly #clock: Pick<Clock, 'now'>
  readonly #cost: ScryptCost

  constructor({ keychain, clock, cost = STRONG }: LockPassphraseDeps) {
    this.#keychain = keychain
    this.#clock = clock
    this.#cost = cost
  }

  /** Tells whether there is one, even a damaged one. */
  async isSet(): Promise<boolean> {
    return (await this.#keychain.get(ITEM)) !== null
  }

  /** @throws InputError for `passphrase` when it is too short */
  async set(passphrase: Secret): Promise<void> {
    if (Array.from(passphrase.reveal()).length < MIN_CHARACTERS)
      throw new InputError({ passphrase: `is too short: it needs ${MIN_CHARACTERS} characters or more` })
    const salt = newSalt()
    const key = await deriveKey(passphrase, salt, this.#cost)
    const [saltText, hash] = [salt.toString('base64'), key.toString('base64')]
    await this.#keep({ version: 1, ...this.#cost, salt: saltText, hash, wrong: 0, lastAt: 0 })
  }

  async forget(): Promise<void> {
    await this.#keychain.delete(ITEM)
  }

  /** Judges a passphrase. Concurrent tries have to wait for each other. */
  async try(passphrase: Secret): Promise<Verdict> {
    const kept = await this.#kept()
    if (kept === null) return { is: 'missing' }
    const now = this.#clock.now()
    const until = waitEnd(kept, now)
    if (until !== null) return { is: 'too soon', until }
    const counted = { ...kept, wrong: kept.wrong + 1, lastAt: now }
    await this.#keep(counted)
    const { salt, hash, ...cost } = kept
    const key = await deriveKey(passphrase, Buffer.from(salt, 'base64'), cost)
    const wanted = Buffer.from(hash, 'base64')
    if (key.length !== wanted.length || !timingSafeEqual(key, wanted))
      return { is: 'wrong', until: waitEnd(counted, now) }
    await this.#keep({ ...kept, wrong: 0 })
    return { is: 'right' }
  }

  async #kept(): Promise<Kept | null> {
    const item = await this.#keychain.get(ITEM)
    if (item === null) return null
    try {
      return Kept.parse(JSON.parse(item.reveal()))
    } catch {
      return null
    }
  }

  async #keep(kept: Kept): Promise<void> {
    await this.#keychain.set(ITEM, new Secret(JSON.stringify(kept)))
  }
}

/** Returns when the next try is possible, epoch ms; null for at once. */
function waitEnd({ wrong, lastAt }: Kept, now: number): number | null {
  if (wrong < FREE_TRIES) return null
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_MS)
  // A clock that was set back makes no wait longer.
  const end = Math.min(lastAt, now) + wait
  return end > now ? end : null
}
