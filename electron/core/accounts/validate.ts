import { isSafeAddress } from '../address.ts'
import type { Broker, Field } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import { Secret } from '../secret.ts'

/** What the user gave for an account; empty values count as not given. */
export interface AccountInput {
  readonly values: Readonly<Record<string, string>>
  readonly endpoints: Readonly<Record<string, string>>
}

/** The same, checked and in stored form. */
export interface CheckedInput {
  readonly settings: Record<string, string>
  readonly secrets: Record<string, Secret>
  readonly endpoints: Record<string, string>
}

/**
 * Checks an account's input against its broker's fields.
 * @param mayBeMissing fields that are stored already and may be left empty
 * @throws InputError naming every wrong input: fields by name, addresses as `endpoint.KEY`. It never repeats a
 *   secret that was typed.
 */
export function checkInput(
  broker: Broker,
  input: AccountInput,
  mayBeMissing: ReadonlySet<string>,
): CheckedInput {
  const errors: Record<string, string> = {}
  const checked: CheckedInput = { settings: {}, secrets: {}, endpoints: {} }

  for (const field of broker.fields) {
    const typed = input.values[field.name] ?? ''
    if (typed.trim() === '') {
      if (mayBeMissing.has(field.name)) continue
      if (field.initial !== undefined) checked.settings[field.name] = field.initial
      else if (field.optional !== true) errors[field.name] = 'is missing'
      continue
    }
    const result = normalise(field, typed)
    if ('error' in result) errors[field.name] = result.error
    else if (field.kind === 'setting') checked.settings[field.name] = result.value
    else checked.secrets[field.name] = new Secret(result.value)
  }
  for (const name of unknownKeys(
    input.values,
    broker.fields.map((field) => field.name),
  )) {
    errors[name] = `is not a field of ${broker.name}`
  }

  for (const [key, typed] of Object.entries(input.endpoints)) {
    if (typed.trim() === '') continue
    const result = checkAddress(typed.trim())
    if ('error' in result) errors[`endpoint.${key}`] = result.error
    else checked.endpoints[key] = result.value
  }
  for (const key of unknownKeys(input.endpoints, Object.keys(broker.endpoints))) {
    errors[`endpoint.${key}`] =
      `is not an endpoint of ${broker.name}; it has ${Object.keys(broker.endpoints).join(', ')}`
  }

  if (Object.keys(errors).length > 0) throw new InputError(errors)
  return checked
}

/** @throws InputError for `name` */
export function checkName(name: string, taken: readonly string[]): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,39}$/.test(name)) {
    throw new InputError({
      name: 'has 1 to 40 lower-case letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    })
  }
  if (taken.includes(name)) throw new InputError({ name: `“${name}” is in use; choose another name` })
}

type Result = { readonly value: string } | { readonly error: string }

/** Longer than any real password or key, shorter than what a keychain item holds everywhere. */
const MAX_LENGTH = 1_000

function normalise(field: Field, typed: string): Result {
  if (typed.length > MAX_LENGTH) return { error: `is longer than ${String(MAX_LENGTH)} characters` }
  // Spaces at the ends of a password are part of it; anywhere else they come from copying.
  const value = field.kind === 'guarded' ? typed : typed.trim()
  if (/[\r\n\0]/.test(value)) return { error: 'has more than one line' }
  try {
    return { value: field.normalise?.(value) ?? value }
  } catch (error) {
    if (error instanceof TypeError) return { error: error.message }
    throw error
  }
}

function checkAddress(typed: string): Result {
  if (!URL.canParse(typed))
    return { error: 'is not an address; it looks like https://host or http://127.0.0.1:port' }
  const url = new URL(typed)
  if (!isSafeAddress(url)) {
    return { error: 'must start with https://; plain http:// is for 127.0.0.1 on this computer only' }
  }
  if (url.username !== '' || url.password !== '') return { error: 'must not contain a user name or password' }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return { error: 'must be a host without a path' }
  return { value: url.origin }
}

function unknownKeys(given: Readonly<Record<string, string>>, known: readonly string[]): string[] {
  return Object.keys(given).filter((key) => !known.includes(key))
}
