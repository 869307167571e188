import type { Services } from '../../services/services.ts'
import type { AccountDraft } from '../../contract/account-form.ts'
import { accountSlug, MAX_TEXT_BYTES } from '../../contract/fields.ts'
import {
  MAX_SEVERAL,
  type SeveralOption,
  type SeveralRow,
  type SeveralTable,
} from '../../contract/several.ts'
import { houseName, inSentence } from '../../contract/words.ts'
import { checkDraft } from '../../core/accounts/check-draft.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import type { EnvPreview } from '../../core/accounts/env/preview.ts'
import { nameOf, type FoundSecret } from '../../core/accounts/import/found-secret.ts'
import { isPicture, readImport, type Imported } from '../../core/accounts/import/import.ts'
import type { FoundSecrets } from '../../core/accounts/import/secrets-in-text.ts'
import { isTypedThere } from '../../core/accounts/validate.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { loginIdField } from '../../core/brokers/login-id.ts'
import { InputError } from '../../core/errors.ts'
import { isSameLogin } from '../../core/state/attempts.ts'
import { FormDraft, type DraftServices } from './draft.ts'
import { FormImports, sentenceOf, shortened, TOO_LONG } from './imports.ts'
import { MISSING, notesAbout, refusalWords, wrongWords } from './several-words.ts'
import { freeName } from './view.ts'

/** A file to read when its turn comes, because fifty pictures at once are much memory. */
export interface SeveralFile {
  readonly from: string
  /** @throws InputError for `file` when it can't be read */
  readonly read: () => Promise<Uint8Array>
}

type Values = AccountDraft['values']

/** One way to save a row. */
interface Way {
  readonly values: Values
  readonly mode: AccountDraft['mode']
}

/** What is known of an account's login before it is saved. */
interface Login {
  readonly name: string
  readonly brokerId: string
  readonly settings: Readonly<Record<string, string>>
}

/** A name has room for a number after this many characters. */
const MAX_PROPOSED = 36

/** Makes accounts of several files at once. The page gets names and words, and the secrets stay here. */
export class SeveralAccounts {
  readonly #services: DraftServices & Pick<Services, 'readQrCodes'>
  readonly #electron: string | undefined
  /** By row and broker. */
  readonly #ways = new Map<number, Map<string, Way>>()
  /** The logins of the accounts there are and of the rows so far. */
  #logins: Login[] = []
  #taken: string[] = []
  #nextId = 0

  /** @param electron the version that runs */
  constructor(services: DraftServices & Pick<Services, 'readQrCodes'>, electron?: string) {
    this.#services = services
    this.#electron = electron
  }

  /** Returns the table of some files, in place of any before. */
  async read(files: readonly SeveralFile[]): Promise<SeveralTable> {
    const { accounts } = this.#services
    this.clear()
    this.#logins = [...accounts.list]
    this.#taken = accounts.list.map(({ name }) => name)
    const rows: SeveralRow[] = []
    const found: FoundSecrets[] = []
    for (const file of files.slice(0, MAX_SEVERAL)) {
      const read = await this.#readFile(file)
      if (typeof read === 'string') rows.push(this.#refusedRow(file.from, read))
      else if (read.kind === 'env-file') rows.push(await this.#envRow(file.from, read.fits))
      else {
        found.push(read)
        for (const secret of read.secrets) rows.push(await this.#secretRow(secret))
      }
    }
    const shown = rows.slice(0, MAX_SEVERAL)
    for (const { id } of rows.slice(MAX_SEVERAL)) this.#ways.delete(id)
    const isCut = files.length > MAX_SEVERAL || rows.length > MAX_SEVERAL
    const asksElectron = shown.some(({ options }) => options.some((option) => option.asksElectron))
    return {
      rows: shown,
      notes: [
        ...notesAbout(found),
        ...(isCut ? [`These are the first ${MAX_SEVERAL}. Save them, then choose the others.`] : []),
      ],
      oldElectron: asksElectron ? (this.#electron ?? process.versions.electron) : null,
    }
  }

  /** Saves one row. Returns why it could not be saved, in sentences; null for saved. */
  async save(
    row: number,
    draft: Pick<AccountDraft, 'name' | 'brokerId' | 'acceptTerms' | 'acceptElectron'>,
  ): Promise<string | null> {
    const way = this.#ways.get(row)?.get(draft.brokerId)
    if (way === undefined) return 'This row is no longer here. Choose the files again.'
    const outcome = await this.#draft().save(draftOf({ ...draft, ...way }))
    if (outcome.ok) {
      this.#ways.delete(row)
      return null
    }
    return refusalWords(outcome, this.#services.accounts.broker(draft.brokerId))
  }

  /** Forgets all secrets. */
  clear(): void {
    this.#ways.clear()
  }

  /** Returns what is in a file, or why it can't be used, in sentences. */
  async #readFile({ from, read }: SeveralFile): Promise<Imported | string> {
    let bytes: Uint8Array
    try {
      bytes = await read()
    } catch (error) {
      if (error instanceof InputError) return `TokenTray ${Object.values(error.errors).join('; ')}.`
      throw error
    }
    if (!isPicture(bytes) && bytes.length > MAX_TEXT_BYTES) return TOO_LONG
    try {
      return await readImport(bytes, this.#services.brokers.values(), this.#services.readQrCodes)
    } catch (error) {
      if (error instanceof InputError) return sentenceOf(error, from)
      throw error
    }
  }

  async #envRow(from: string, fits: readonly EnvPreview[]): Promise<SeveralRow> {
    // A file with an API key is for the API, even where a broker without one could do with the rest.
    const likeliest = fits.toSorted((a, b) => b.found.length - a.found.length)
    const read = await Promise.all(likeliest.map((fit) => this.#envOption(fit)))
    const offered = read.filter(({ option }, at) => at === 0 || option.wrong === null)
    const [first] = offered
    const base = accountSlug(from.replace(/(?:^|\.)env(?=\.|$)/i, ''))
    const row = this.#row(from, base === '' ? (first?.option.brokerId ?? '') : base, offered)
    if (first?.option.wrong !== null) return row
    const login = { name: row.name, brokerId: first.option.brokerId, settings: first.settings }
    const broker = this.#services.accounts.broker(login.brokerId)
    const same = this.#logins.find((other) => isSameLogin(login, other, broker))
    this.#logins.push(login)
    if (same === undefined) return row
    const words = `${first.option.words} Same login as ${same.name}.`
    return {
      ...row,
      wanted: false,
      options: row.options.map((option, at) => (at === 0 ? { ...option, words } : option)),
    }
  }

  async #envOption({ broker, found, withoutTotp }: EnvPreview): Promise<OfferedOption> {
    const values: Values = Object.fromEntries(
      found.flatMap(({ field, value }) => (value === null ? [] : [[field.name, value]])),
    )
    const faults = Object.fromEntries(
      found.flatMap(({ field, wrong }) => (wrong === null ? [] : [[field.name, wrong]])),
    )
    const option = await this.#option(broker, values, faults)
    const isAsked = option.way.mode === 'unattended' && withoutTotp !== null
    const words = isAsked ? `${option.option.words} ${withoutTotp}` : option.option.words
    return { ...option, option: { ...option.option, words } }
  }

  async #secretRow(found: FoundSecret): Promise<SeveralRow> {
    const { accounts, brokers } = this.#services
    const from = nameOf(found)
    const issuer = [...brokers.values()].filter(
      ({ name }) => houseName(name).toLowerCase() === found.issuer.toLowerCase(),
    )
    const takers = (issuer.length > 0 ? issuer : [...brokers.values()]).filter(({ codesAlone }) => codesAlone)
    if (takers.length === 0) {
      return this.#refusedRow(
        from,
        `${found.issuer} needs more than a TOTP secret. Add this account by itself, and choose this picture there.`,
      )
    }
    const offered = await Promise.all(
      takers.map(({ id }) => {
        const broker = accounts.broker(id)
        const totp = fieldOfKind(broker, 'totp')
        return this.#option(broker, totp === undefined ? {} : { [totp.name]: found.secret }, {})
      }),
    )
    const row = this.#row(from, accountSlug(from), offered)
    return { ...row, wanted: row.wanted && issuer.length > 0 }
  }

  /** @param faults what is wrong with values, by field, as ends of sentences */
  async #option(
    broker: Broker,
    values: Values,
    faults: Readonly<Record<string, string>>,
  ): Promise<OfferedOption> {
    const unattended = this.#checked(broker, { values, mode: 'unattended' }, faults)
    const lacksTyped = Object.entries(unattended.wrong).every(
      ([name, why]) =>
        why === MISSING && broker.fields.some((field) => field.name === name && isTypedThere(field)),
    )
    const isAssisted = broker.assisted !== undefined && lacksTyped && Object.keys(unattended.wrong).length > 0
    const checked = isAssisted ? this.#checked(broker, { values, mode: 'assisted' }, faults) : unattended
    const draft = draftOf({
      name: 'unnamed',
      brokerId: broker.id,
      acceptTerms: true,
      acceptElectron: false,
      ...checked.way,
    })
    const { oldElectron } = await this.#draft().check(draft)
    const labels = broker.fields.filter(({ name }) => name in values).map(({ label }) => inSentence(label))
    const idField = loginIdField(broker)?.name ?? broker.identity
    const sentences = [
      labels.length === 0 ? 'Nothing to save.' : `Has ${labels.join(', ')}.`,
      ...(isAssisted ? [`You sign in at ${houseName(broker.name)} yourself, once a day.`] : []),
      ...(isForCodesAlone(broker, Object.keys(values)) ? ['Shows codes alone.'] : []),
    ]
    return {
      way: checked.way,
      settings: checked.settings,
      option: {
        brokerId: broker.id,
        brokerName: broker.name,
        userId: checked.settings[idField] ?? '',
        words: sentences.join(' '),
        wrong: wrongWords(checked.wrong, broker),
        asksTerms: checked.asksTerms,
        asksElectron: oldElectron !== null,
      },
    }
  }

  #checked(broker: Broker, way: Way, faults: Readonly<Record<string, string>>) {
    const name = freeName('unnamed', this.#taken)
    const draft = draftOf({ name, brokerId: broker.id, acceptTerms: false, acceptElectron: false, ...way })
    const { errors, input } = checkDraft(this.#services.accounts, null, draft)
    const { terms, ...others } = errors
    return {
      way,
      wrong: { ...others, ...faults },
      asksTerms: terms !== undefined,
      settings: input?.settings ?? {},
    }
  }

  #row(from: string, base: string, offered: readonly OfferedOption[]): SeveralRow {
    const id = this.#nextId++
    const name = freeName(base.slice(0, MAX_PROPOSED) || 'account', this.#taken)
    this.#taken.push(name)
    this.#ways.set(id, new Map(offered.map(({ option, way }) => [option.brokerId, way])))
    const options = offered.map(({ option }) => option)
    return { id, from: shortened(from), name, options, wrong: null, wanted: options[0]?.wrong === null }
  }

  #refusedRow(from: string, wrong: string): SeveralRow {
    return { id: this.#nextId++, from: shortened(from), name: '', options: [], wrong, wanted: false }
  }

  #draft(): FormDraft {
    return new FormDraft(this.#services, new FormImports(this.#services), null, this.#electron)
  }
}

interface OfferedOption {
  readonly option: SeveralOption
  readonly way: Way
  readonly settings: Readonly<Record<string, string>>
}

const draftOf = (
  part: Pick<AccountDraft, 'name' | 'brokerId' | 'values' | 'mode' | 'acceptTerms' | 'acceptElectron'>,
): AccountDraft => ({ ...part, endpoints: {}, proxy: '', ownTime: '', forget: [] })
