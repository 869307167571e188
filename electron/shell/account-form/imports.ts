import type { Services } from '../../services/services.ts'
import type { DraftView, EnvPreview, ImportOutcome } from '../../contract/account-form.ts'
import { MAX_TEXT_BYTES } from '../../contract/fields.ts'
import { nameOf, type FoundSecret } from '../../core/accounts/import/found-secret.ts'
import { unusedWords, type EnvPreview as Preview } from '../../core/accounts/env/preview.ts'
import { isPicture, readImport, readPicture } from '../../core/accounts/import/import.ts'
import type { FoundSecrets } from '../../core/accounts/import/secrets-in-text.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { loginIdField } from '../../core/brokers/login-id.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { InputError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'

/** Holds bytes that may contain a TOTP secret or a `.env` file. */
export interface Fetched {
  readonly bytes: Uint8Array
  /** The source in words, such as "kite.env" or "the screen". */
  readonly from: string
  /** True when the bytes can only be a picture. */
  readonly isPicture?: true
}

interface Imported {
  readonly value: Secret
  readonly from: string
}

interface PendingEnv {
  readonly preview: Preview
  readonly file: string
}

/** The most reasons that the form lists, because a longer list is not read. */
const MAX_SHOWN = 12
const MAX_NAME = 60

/**
 * Holds the values that a form has imported. The page gets their names and the codes of TOTP secrets, never the
 * secrets.
 */
export class FormImports {
  readonly #services: Pick<Services, 'brokers' | 'codes' | 'readQrCodes'>
  /** By broker and field. */
  readonly #imported = new Map<string, Imported>()
  #found: readonly FoundSecret[] = []
  #chosen: number | null = null
  #env: PendingEnv | null = null

  constructor(services: Pick<Services, 'brokers' | 'codes' | 'readQrCodes'>) {
    this.#services = services
  }

  /**
   * Stores the fetched TOTP secrets, or returns a preview of a fetched `.env` file.
   * @param broker the broker that the form shows
   * @param isFixed true when the form can't change to another broker
   */
  async read(fetched: Fetched, broker: Broker, isFixed: boolean): Promise<ImportOutcome> {
    const { bytes, from } = fetched
    try {
      const { brokers, readQrCodes } = this.#services
      const isText = fetched.isPicture !== true && !isPicture(bytes)
      if (isText && bytes.length > MAX_TEXT_BYTES) return wrong(TOO_LONG)
      const found = fetched.isPicture
        ? await readPicture(bytes, readQrCodes)
        : await readImport(bytes, brokers.values(), readQrCodes)
      if (found.kind === 'secrets') return this.#storeSecrets(found, from, broker)
      const best = found.fits.find((fit) => fit.broker.id === broker.id) ?? found.fits[0]
      if (best === undefined) return { kind: 'nothing' }
      if (isFixed && best.broker.id !== broker.id) {
        return wrong(
          `“${shortened(from)}” is for ${best.broker.name}, and this account is one at ${broker.name}.`,
        )
      }
      this.#env = { preview: best, file: from }
      return { kind: 'env', preview: shownPreview(best, from) }
    } catch (error) {
      if (error instanceof InputError) return wrong(sentenceOf(error, from))
      throw error
    }
  }

  /** Chooses one of the found TOTP secrets; null for none of them. Returns what its label tells of the broker's fields. */
  choose(choice: number | null, broker: Broker): Record<string, string> {
    const found = choice === null ? undefined : this.#found[choice]
    if (choice === null || found !== undefined) this.#chosen = choice
    return found === undefined ? {} : settingsOf(found, broker)
  }

  /** Stores the secrets of the last previewed `.env` file and returns the values of its settings. */
  takeEnv(): Record<string, string> {
    if (this.#env === null) return {}
    const { preview, file } = this.#env
    this.#env = null
    const settings: Record<string, string> = {}
    for (const { field, value } of preview.found) {
      if (value === null) continue
      if (field.kind === 'setting') settings[field.name] = value.reveal()
      else this.#imported.set(key(preview.broker, field.name), { value, from: file })
      if (field.kind === 'totp') this.#found = []
    }
    return settings
  }

  /** Deletes the imported value of a field. */
  drop(field: string): void {
    for (const broker of this.#services.brokers.values()) {
      this.#imported.delete(key(broker, field))
      if (fieldOfKind(broker, 'totp')?.name === field) this.#found = []
    }
  }

  /** Deletes all imported values. */
  clear(): void {
    this.#imported.clear()
    this.#found = []
    this.#env = null
  }

  /** Returns whether the user still has to choose between several TOTP secrets. */
  get needsChoice(): boolean {
    return this.#found.length > 0 && this.#chosen === null
  }

  /** Returns the imported value of a broker's secret field and its source in words; null for none. */
  of(broker: Broker, field: string): Imported | null {
    const isTotp = fieldOfKind(broker, 'totp')?.name === field
    const found = isTotp && this.#chosen !== null ? this.#found[this.#chosen] : undefined
    if (found !== undefined) return { value: found.secret, from: nameOf(found) }
    return this.#imported.get(key(broker, field)) ?? null
  }

  /** Returns all TOTP secrets to choose from; empty unless there are several. */
  async choices(): Promise<Pick<DraftView, 'choices' | 'chosen'>> {
    if (this.#found.length < 2) return { choices: [], chosen: null }
    const { codes } = this.#services
    const choices = await Promise.all(
      this.#found.map(async (found) => ({ name: nameOf(found), code: await codes.of(found.secret) })),
    )
    return { choices, chosen: this.#chosen }
  }

  #storeSecrets(found: FoundSecrets, from: string, broker: Broker): ImportOutcome {
    const { secrets } = found
    const field = fieldOfKind(broker, 'totp')
    if (field === undefined) return wrong(`${broker.name} has no TOTP secret to fill in.`)
    this.#imported.delete(key(broker, field.name))
    this.#found = secrets
    this.#chosen = secrets.length === 1 ? 0 : null
    const notes = leftOutNotes(found)
    const onClipboard = from === CLIPBOARD
    if (onClipboard) notes.push('The secret is still on your clipboard.')
    const [only, second] = secrets
    const settings = only === undefined || second !== undefined ? {} : settingsOf(only, broker)
    return { kind: 'secrets', notes, settings, onClipboard }
  }
}

/** Returns what of an import is not used or not there, in sentences. */
export function leftOutNotes({ leftOut, parts }: Pick<FoundSecrets, 'leftOut' | 'parts'>): string[] {
  const notes = leftOut.slice(0, MAX_SHOWN).map(({ name, why }) => `Left out: “${name}” ${why}.`)
  if (parts.here < parts.of) {
    notes.push(
      `The export is spread over ${String(parts.of)} QR codes, and ${String(parts.here)} of them is here. ` +
        'If your account is not among these, choose the picture of another.',
    )
  }
  return notes
}

/** Returns the user ID that a QR code's label holds, by field: “Zerodha: AB1234”. */
function settingsOf({ label }: FoundSecret, broker: Broker): Record<string, string> {
  const field = loginIdField(broker)
  if (field?.normalise === undefined) return {}
  try {
    return { [field.name]: field.normalise(label) }
  } catch (error) {
    // Other issuers write an e-mail address or a name there.
    if (error instanceof TypeError) return {}
    throw error
  }
}

/** Returns a preview as the page shows it, without the secrets. */
function shownPreview(preview: Preview, file: string): EnvPreview {
  const { broker, found, missing, unused, notes, withoutTotp } = preview
  return {
    file: shortened(file),
    brokerId: broker.id,
    brokerName: broker.name,
    found: found.map(({ field, env, value, wrong: why }) => ({
      field: field.name,
      label: field.label,
      env: shortened(env),
      value: field.kind === 'setting' && value !== null ? value.reveal() : null,
      wrong: why,
    })),
    missing: missing.map(({ name, label, env }) => ({ field: name, label, env })),
    unused: unused.length === 0 ? null : unusedWords(unused),
    notes: withoutTotp === null ? [...notes] : [...notes, withoutTotp],
  }
}

/** Names the clipboard as a source. */
export const CLIPBOARD = 'the clipboard'

const key = (broker: Broker, field: string): string => `${broker.id}/${field}`

const wrong = (message: string): ImportOutcome => ({ kind: 'wrong', message })

/** What is said of a text that is longer than anything that is imported. */
export const TOO_LONG = 'This text is longer than 64 kB, which no .env file and no export is.'

/** Returns a name that is short enough for a line. */
export const shortened = (text: string): string =>
  text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text

/** Returns an error's messages as sentences. Core names inputs; here the subject is always the imported source. */
export function sentenceOf(error: InputError, from: string): string {
  const subjects: Readonly<Record<string, string>> = {
    picture: capital(shortened(from)),
    otpauth: 'The otpauth:// address',
    'otpauth-migration': 'The export',
    'env-file': 'The .env file',
    file: capital(shortened(from)),
  }
  const sentences = Object.entries(error.errors).map(
    ([name, why]) => `${subjects[name] ?? 'TokenTray'} ${why}.`,
  )
  return sentences.join(' ')
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
