import type { SettingOutcome } from '../../contract/settings.ts'
import type { LockView } from '../../contract/state.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import type { StateStore } from '../../core/state/state.ts'
import type { LockPassphrase } from '../../services/lock/lock-passphrase.ts'
import type { PageName } from '../windows/pages.ts'

export interface AppLockDeps {
  readonly clock: Clock
  readonly store: Pick<StateStore, 'state' | 'update' | 'onChange'>
  /** Loads the check of the passphrase when it is first needed. */
  readonly passphrase: () => Promise<LockPassphrase>
  /** Returns how long nobody has used the computer, ms. */
  readonly idleMs: () => number
  /** Asks the system to confirm the user; rejects when they do not. Null where the system can't. */
  readonly touchId: ((reason: string) => Promise<void>) | null
  /** Runs after each change of what is locked, and shows the popover when the user wants something. */
  readonly onChange: () => void
  readonly showPopover: () => void
}

/** The requests that a locked app answers. */
const answered: Readonly<Record<PageName, readonly string[]>> = {
  popover: ['getState', 'unlock', 'unlockByTouch', 'fit', 'hide', 'hold'],
  'account-form': ['close'],
  settings: ['close'],
  'sign-in': ['fit'],
}

/** How long a wish is remembered, ms. */
const WISH_MS = 2 * 60_000

/**
 * Locks the app: codes, copying and changes then ask for the passphrase or Touch ID first. Whether the lock is turned
 * on stands in the state file too, so that a start knows it at once, but only the keychain can say that it is not.
 */
export class AppLock {
  readonly #deps: AppLockDeps
  readonly #queue = new SerialQueue()
  #isOn: boolean
  #isLocked: boolean
  /** Whether the keychain was asked while the state file says that the lock is off. */
  #isSettled = false
  #openedAt = 0
  #wish: { readonly what: string; readonly action: () => void; readonly until: number } | null = null
  #cancelIdle: () => void = () => undefined

  constructor(deps: AppLockDeps) {
    this.#deps = deps
    this.#isOn = this.#isLocked = this.#settings.on
    deps.store.onChange(() => {
      if (this.#settings.on !== this.#isOn) void this.#queue.run(() => this.#followSettings())
      this.#watchIdle()
    })
  }

  get isLocked(): boolean {
    return this.#isLocked
  }

  /** Returns null while the lock is turned off. */
  get view(): LockView | null {
    if (!this.#isOn) return null
    return { isLocked: this.#isLocked, wish: this.#wish?.what ?? null, touchId: this.#deps.touchId !== null }
  }

  /** Returns whether a page's request is answered now. */
  answers(page: PageName, request: string): boolean {
    return !this.#isLocked || answered[page].includes(request)
  }

  /**
   * Asks the keychain, once, whether the lock is turned on although the state file says that it is off.
   * @throws LoginError when the keychain can't be used
   */
  async settle(): Promise<void> {
    if (this.#isOn || this.#isSettled) return
    await this.#queue.run(async () => {
      if (this.#isOn || this.#isSettled) return
      if (await (await this.#deps.passphrase()).isSet()) {
        this.#isOn = true
        this.lock()
        await this.#setOn(true)
      }
      this.#isSettled = true
    })
  }

  /** @throws LoginError `cancelled` while locked */
  async assertOpen(): Promise<void> {
    await this.settle()
    if (this.#isLocked)
      throw new LoginError('cancelled', {
        message: 'TokenTray is locked.',
        next: 'Unlock it, then try again.',
      })
  }

  /** Locks, if the lock is turned on. */
  lock(): void {
    if (!this.#isOn || this.#isLocked) return
    this.#isLocked = true
    this.#wish = null
    this.#cancelIdle()
    this.#deps.onChange()
  }

  /**
   * Runs an action, after the user has unlocked if necessary.
   * @param what the action in words, such as "copy the access token of main"
   */
  ask(what: string, action: () => void): void {
    if (!this.#isLocked) {
      action()
      return
    }
    this.#wish = { what, action, until: this.#deps.clock.now() + WISH_MS }
    this.#deps.onChange()
    this.#deps.showPopover()
    if (this.#deps.touchId !== null) void this.unlockByTouch()
  }

  unlock(passphrase: Secret): Promise<SettingOutcome> {
    return this.#queue.run(async () => {
      const outcome = await this.#judge(passphrase)
      if (outcome.ok) this.#open()
      return outcome
    })
  }

  async unlockByTouch(): Promise<SettingOutcome> {
    const { touchId } = this.#deps
    if (touchId === null) return { ok: false, message: 'This computer has no Touch ID. Type the passphrase.' }
    try {
      await touchId(this.#wish?.what ?? 'unlock TokenTray')
    } catch {
      return { ok: false, message: 'Touch ID did not confirm it. Try again, or type the passphrase.' }
    }
    this.#open()
    return { ok: true }
  }

  turnOn(passphrase: Secret, again: Secret): Promise<SettingOutcome> {
    return this.#queue.run(async () => {
      if (this.#isOn) return { ok: false, message: 'The lock is on already.' }
      if (passphrase.reveal() !== again.reveal())
        return { ok: false, message: 'The passphrase was not the same twice. Nothing is changed.' }
      return outcomeOf(async () => {
        await (await this.#deps.passphrase()).set(passphrase)
        this.#isOn = true
        await this.#setOn(true)
        this.#open()
      })
    })
  }

  /** Turns the lock off for whoever knows the passphrase, unlocked or not. */
  turnOff(passphrase: Secret): Promise<SettingOutcome> {
    return this.#queue.run(async () => {
      if (!this.#isOn) return { ok: true }
      const outcome = await this.#judge(passphrase)
      if (!outcome.ok) return outcome
      return outcomeOf(async () => {
        await this.#setOn(false)
        await (await this.#deps.passphrase()).forget()
        this.#isOn = false
        this.#open()
      })
    })
  }

  stop(): void {
    this.#cancelIdle()
  }

  get #settings() {
    return this.#deps.store.state.settings.lock
  }

  /** Follows another process, such as `tokentray lock off`. Only a keychain without the passphrase's check turns it off. */
  async #followSettings(): Promise<void> {
    if (this.#settings.on === this.#isOn) return
    try {
      const isOn = await (await this.#deps.passphrase()).isSet()
      if (isOn === this.#isOn) {
        // The file was changed, and the lock was not.
        await this.#setOn(isOn)
        return
      }
      this.#isOn = isOn
      if (isOn) this.lock()
      else this.#open()
    } catch (error) {
      // A keychain that does not answer proves nothing, so that the lock stays as it is.
      if (!(error instanceof LoginError)) throw error
    }
  }

  #open(): void {
    const wish = this.#wish
    this.#wish = null
    this.#isLocked = false
    this.#openedAt = this.#deps.clock.now()
    this.#watchIdle()
    this.#deps.onChange()
    if (wish !== null && wish.until >= this.#deps.clock.now()) wish.action()
  }

  /** Locks once nobody has used the computer for as long as the user chose; unlocking counts as use. */
  #watchIdle(): void {
    this.#cancelIdle()
    if (!this.#isOn || this.#isLocked) return
    const { clock, idleMs } = this.#deps
    const limit = this.#settings.afterMinutes * 60_000
    const left = limit - Math.min(idleMs(), Math.max(0, clock.now() - this.#openedAt))
    if (left <= 0) this.lock()
    else
      this.#cancelIdle = clock.after(left, () => {
        this.#watchIdle()
      })
  }

  async #setOn(on: boolean): Promise<void> {
    await this.#deps.store.update((state) => {
      const { settings } = state
      return { ...state, settings: { ...settings, lock: { ...settings.lock, on } } }
    })
  }

  async #judge(passphrase: Secret): Promise<SettingOutcome> {
    return outcomeOf(async () => {
      const verdict = await (await this.#deps.passphrase()).try(passphrase)
      const now = this.#deps.clock.now()
      switch (verdict.is) {
        case 'right':
          return null
        case 'wrong':
          return `That is not the passphrase.${verdict.until === null ? '' : ` ${againWords(verdict.until - now)}`}`
        case 'too soon':
          return `There were too many wrong tries. ${againWords(verdict.until - now)}`
        case 'missing':
          return 'The keychain no longer has what checks the passphrase. “tokentray lock off” in a terminal removes the lock.'
      }
    })
  }
}

/** Returns when the next try is possible, in words. */
function againWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const minutes = Math.ceil(seconds / 60)
  return `Try again in ${seconds <= 90 ? `${seconds} seconds` : `${minutes} minutes`}.`
}

/** Runs an action that may return a sentence about its failure, and makes one of the user's and the keychain's errors. */
async function outcomeOf(action: () => Promise<unknown>): Promise<SettingOutcome> {
  try {
    const message = await action()
    return typeof message === 'string' ? { ok: false, message } : { ok: true }
  } catch (error) {
    if (error instanceof InputError)
      return { ok: false, message: `The passphrase ${error.errors['passphrase'] ?? 'can’t be used'}.` }
    if (error instanceof LoginError) return { ok: false, message: `${error.message} ${error.next}` }
    throw error
  }
}
