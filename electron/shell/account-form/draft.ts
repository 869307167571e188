import type { Services } from '../../services/services.ts'
import type { AccountDraft, DraftView, SaveOutcome } from '../../contract/account-form.ts'
import { isTimeOfDay, timeOfDayFault } from '../../contract/settings-limits.ts'
import { draftErrors } from '../../core/accounts/draft-errors.ts'
import { storedForm } from '../../core/accounts/stored-form.ts'
import { fieldHints } from '../../core/accounts/validate.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/field-of-kind.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { StateStore } from '../../core/state/state.ts'
import { changeSchedule, withTime } from '../../core/state/schedule-changes.ts'
import { Secret } from '../../core/secret.ts'
import type { FormImports } from './imports.ts'

export type DraftServices = Pick<Services, 'accounts' | 'brokers' | 'clock' | 'codes' | 'engine'> & {
  readonly store: StateStore
}

/** What one form's window is about: what was typed there, with what it has imported, checked and saved. */
export class FormDraft {
  readonly #services: DraftServices
  readonly #imports: FormImports
  #editing: string | null

  /** @param editing the account being changed; null for a new one */
  constructor(services: DraftServices, imports: FormImports, editing: string | null) {
    this.#services = services
    this.#imports = imports
    this.#editing = editing
  }

  /** The account being changed: once a new one is saved, that one. */
  get editing(): string | null {
    return this.#editing
  }

  /** What is to be said of a draft at this moment. Nothing is kept or sent. */
  async look(draft: AccountDraft): Promise<DraftView> {
    const broker = this.#broker(draft)
    const imported = broker.fields.flatMap(({ name }) => {
      const value = isEmpty(draft, name) ? this.#imports.of(broker, name) : null
      return value === null ? [] : [[name, value.from] as const]
    })
    return {
      errors: this.#errors(draft, broker),
      hints: fieldHints(broker, this.#whole(draft, broker).values),
      imported: Object.fromEntries(imported),
      totp: await this.#totp(draft, broker),
      ...this.#imports.choices,
    }
  }

  /** Saves the account, and then lets go of everything that was imported. */
  async save(draft: AccountDraft): Promise<SaveOutcome> {
    const { accounts, clock, engine, store } = this.#services
    const errors = this.#errors(draft, this.#broker(draft))
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    const whole = this.#whole(draft, this.#broker(draft))
    try {
      if (this.#editing === null) await accounts.add(whole)
      else {
        engine.cancel(this.#editing)
        await accounts.change(this.#editing, whole)
      }
    } catch (error) {
      if (error instanceof InputError) return { ok: false, errors: { ...error.errors } }
      if (error instanceof LoginError) return { ok: false, problem: error.toProblem(clock.now()) }
      throw error
    }
    const name = (this.#editing ??= whole.name)
    this.#imports.clear()
    const time = draft.ownTime === '' ? null : draft.ownTime
    await changeSchedule(store, (schedule) => withTime(schedule, name, time))
    return { ok: true }
  }

  /** Whether a draft brings a secret of the broker's that a login would have to show to be right. */
  entersSecrets(draft: AccountDraft): boolean {
    const broker = this.#broker(draft)
    const { values } = this.#whole(draft, broker)
    return broker.fields.some(({ name, kind }) => kind !== 'setting' && (values[name] ?? '').trim() !== '')
  }

  #broker({ brokerId }: AccountDraft): Broker {
    const { accounts } = this.#services
    return this.#editing === null ? accounts.broker(brokerId) : accounts.open(this.#editing).broker
  }

  #errors(draft: AccountDraft, broker: Broker): Record<string, string> {
    const totp = fieldOfKind(broker, 'totp')?.name
    const isOpen = totp !== undefined && isEmpty(draft, totp) && this.#imports.needsChoice
    return {
      ...draftErrors(this.#services.accounts, this.#editing, this.#whole(draft, broker)),
      ...(draft.ownTime !== '' && !isTimeOfDay(draft.ownTime) && { ownTime: timeOfDayFault }),
      ...(isOpen && { [totp]: 'was found more than once: choose one, or remove them' }),
    }
  }

  /** A draft with the imported values where none was typed. */
  #whole(draft: AccountDraft, broker: Broker): AccountDraft {
    const values = { ...draft.values }
    for (const { name, kind } of broker.fields) {
      if (kind === 'setting' || !isEmpty(draft, name)) continue
      values[name] = this.#imports.of(broker, name)?.value.reveal() ?? ''
    }
    const forget = draft.forget.filter((name) => (values[name] ?? '').trim() === '')
    return { ...draft, brokerId: broker.id, values, forget }
  }

  async #totp(draft: AccountDraft, broker: Broker): Promise<DraftView['totp']> {
    const { codes } = this.#services
    const field = fieldOfKind(broker, 'totp')
    if (field === undefined) return null
    const seen = (typed: string, from: 'typed' | 'imported', name: string): DraftView['totp'] => {
      try {
        return { from, name, code: codes.of(new Secret(storedForm(field, typed))) }
      } catch (error) {
        // What is wrong with it is among the errors.
        if (error instanceof TypeError) return null
        throw error
      }
    }
    if (!isEmpty(draft, field.name)) return seen(draft.values[field.name] ?? '', 'typed', '')
    const imported = this.#imports.of(broker, field.name)
    if (imported !== null) return seen(imported.value.reveal(), 'imported', imported.from)
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
      // A locked keychain is said where something is to be read from it or written to it.
      if (error instanceof LoginError) return null
      throw error
    }
  }
}

const isEmpty = ({ values }: AccountDraft, field: string): boolean => (values[field] ?? '').trim() === ''
