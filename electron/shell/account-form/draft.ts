import { devDependencies } from '../../../package.json'
import type { Services } from '../../services/services.ts'
import type { AccountDraft, DraftView, SaveOutcome } from '../../contract/account-form.ts'
import { oldElectron } from '../../contract/electron-age.ts'
import { isTimeOfDay, timeOfDayFault } from '../../contract/settings-limits.ts'
import { staysOnThisComputer } from '../../core/accounts/binding.ts'
import { checkDraft, type CheckedDraft } from '../../core/accounts/check-draft.ts'
import { storedForm } from '../../core/accounts/stored-form.ts'
import { ENTER_AGAIN, fieldHints, typedText } from '../../core/accounts/validate.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { StateStore } from '../../core/state/state.ts'
import { changeSchedule, withTime } from '../../core/state/schedule-changes.ts'
import { Secret } from '../../core/secret.ts'
import type { FormImports } from './imports.ts'

export type DraftServices = Pick<Services, 'accounts' | 'brokers' | 'clock' | 'codes' | 'engine'> & {
  readonly store: StateStore
}

/** Checks and saves the typed values of one form together with its imported ones. */
export class FormDraft {
  readonly #services: DraftServices
  readonly #imports: FormImports
  readonly #electron: string
  #editing: string | null

  /**
   * @param editing the account being changed; null for a new one
   * @param electron the version that runs
   */
  constructor(
    services: DraftServices,
    imports: FormImports,
    editing: string | null,
    electron: string = process.versions.electron,
  ) {
    this.#services = services
    this.#imports = imports
    this.#editing = editing
    this.#electron = electron
  }

  /** Returns the account being changed, including a new account after its first save; null before. */
  get editing(): string | null {
    return this.#editing
  }

  /** Returns the page's view of a draft. Stores and sends nothing. */
  async check(draft: AccountDraft): Promise<DraftView> {
    const broker = this.#broker(draft)
    const merged = this.#withImports(draft, broker)
    const imported = broker.fields.flatMap(({ name }) => {
      const value = isFilled(draft.values, name) ? null : this.#imports.of(broker, name)
      return value === null ? [] : [[name, value.from] as const]
    })
    const { errors } = this.#checked(draft, merged, broker)
    return {
      errors: { ...errors },
      enterAgain: Object.keys(errors).filter((field) => errors[field] === ENTER_AGAIN),
      hints: fieldHints(broker, merged.values),
      imported: Object.fromEntries(imported),
      totp: await this.#totp(draft, broker),
      oldElectron: this.#wantsElectronAccepted(draft, broker) ? this.#electron : null,
      ...(await this.#imports.choices()),
    }
  }

  /** Saves the account, then deletes all imported values. */
  async save(draft: AccountDraft): Promise<SaveOutcome> {
    const { accounts, clock, engine, store } = this.#services
    const broker = this.#broker(draft)
    const merged = this.#withImports(draft, broker)
    const { errors, input } = this.#checked(draft, merged, broker)
    if (input === null || Object.keys(errors).length > 0) return { ok: false, errors: { ...errors } }
    if (this.#wantsElectronAccepted(draft, broker)) {
      const acceptedElectron = this.#electron
      await store.update((state) => ({ ...state, settings: { ...state.settings, acceptedElectron } }))
    }
    try {
      if (this.#editing === null) await accounts.add(merged, {}, input)
      else {
        engine.cancel(this.#editing)
        await accounts.change(this.#editing, merged, {}, input)
      }
    } catch (error) {
      if (error instanceof InputError) return { ok: false, errors: { ...error.errors } }
      if (error instanceof LoginError) return { ok: false, problem: error.toProblem(clock.now()) }
      throw error
    }
    const name = (this.#editing ??= merged.name)
    this.#imports.clear()
    const time = draft.ownTime === '' ? null : draft.ownTime
    await changeSchedule(store, (schedule) => withTime(schedule, name, time))
    return { ok: true }
  }

  /** Returns whether a draft contains a new secret of the broker, which only a login can verify. */
  entersSecrets(draft: AccountDraft): boolean {
    const broker = this.#broker(draft)
    const { values } = this.#withImports(draft, broker)
    return broker.fields.some(({ name, kind }) => kind !== 'setting' && isFilled(values, name))
  }

  /** Tells whether a real account wants a yes to this Electron that was not given before. Practice accounts never do. */
  #wantsElectronAccepted({ endpoints }: AccountDraft, broker: Broker): boolean {
    if (oldElectron(this.#electron, devDependencies.electron) === null) return false
    if (this.#services.store.state.settings.acceptedElectron === this.#electron) return false
    const typed = Object.entries(endpoints).filter(([, url]) => url.trim() !== '')
    return !staysOnThisComputer(Object.fromEntries(typed), broker)
  }

  #broker({ brokerId }: AccountDraft): Broker {
    const { accounts } = this.#services
    return this.#editing === null ? accounts.broker(brokerId) : accounts.open(this.#editing).broker
  }

  /** @param merged the draft with the imported values */
  #checked(draft: AccountDraft, merged: AccountDraft, broker: Broker): CheckedDraft {
    const { errors, input } = checkDraft(this.#services.accounts, this.#editing, merged)
    const totp = fieldOfKind(broker, 'totp')?.name
    const isOpen = totp !== undefined && !isFilled(draft.values, totp) && this.#imports.needsChoice
    const own = {
      ...(draft.ownTime !== '' && !isTimeOfDay(draft.ownTime) && { ownTime: timeOfDayFault }),
      ...(!draft.acceptElectron &&
        this.#wantsElectronAccepted(draft, broker) && { electron: 'needs your yes before a real account' }),
      ...(isOpen && { [totp]: 'was found more than once: choose one, or remove them' }),
    }
    return { errors: { ...errors, ...own }, input }
  }

  /** Returns a draft with the imported values in its empty fields. */
  #withImports(draft: AccountDraft, broker: Broker): AccountDraft {
    const values = { ...draft.values }
    for (const { name, kind } of broker.fields) {
      const imported = kind === 'setting' || isFilled(values, name) ? null : this.#imports.of(broker, name)
      if (imported !== null) values[name] = imported.value
    }
    const forget = draft.forget.filter((name) => !isFilled(values, name))
    return { ...draft, brokerId: broker.id, values, forget }
  }

  async #totp(draft: AccountDraft, broker: Broker): Promise<DraftView['totp']> {
    const { codes } = this.#services
    const field = fieldOfKind(broker, 'totp')
    if (field === undefined) return null
    const seen = async (
      typed: Secret,
      from: 'typed' | 'imported',
      name: string,
    ): Promise<DraftView['totp']> => {
      try {
        return { from, name, code: await codes.of(new Secret(storedForm(field, typed.reveal()))) }
      } catch (error) {
        // The view's errors report an unreadable secret.
        if (error instanceof TypeError) return null
        throw error
      }
    }
    const typed = draft.values[field.name]
    if (typed !== undefined && isFilled(draft.values, field.name)) return seen(typed, 'typed', '')
    const imported = this.#imports.of(broker, field.name)
    if (imported !== null) return seen(imported.value, 'imported', imported.from)
    if (this.#imports.needsChoice || draft.forget.includes(field.name)) return null
    return this.#stored(field.name)
  }

  async #stored(field: string): Promise<DraftView['totp']> {
    const { accounts, codes } = this.#services
    const name = this.#editing
    if (name === null || accounts.open(name).account.secretsSetAt[field] === undefined) return null
    try {
      return { from: 'stored', name: '', code: await codes.current(name) }
    } catch (error) {
      // The save reports a locked keychain.
      if (error instanceof LoginError) return null
      throw error
    }
  }
}

const isFilled = (values: AccountDraft['values'], field: string): boolean =>
  typedText(values[field]).trim() !== ''
