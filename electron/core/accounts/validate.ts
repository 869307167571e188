import type { LoginMode } from '../../contract/fields.ts'
import { isSafeAddress } from '../address.ts'
import type { Broker, Field } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Family } from '../ports.ts'
import { Secret } from '../secret.ts'
import { isForCodesAlone } from './codes-alone.ts'
import { filledFields, type Account } from '../state/account.ts'
import { isMoved } from './binding.ts'
import { checkProxy, proxyPassword } from './proxy.ts'
import type { Proxy } from '../state/proxy.ts'
import { storedForm } from './stored-form.ts'

/** A value as it was typed: a `Secret` where it may be one, else the text itself. */
export type Typed = string | Secret

/** Returns what was typed; empty for nothing. Call it only where it is checked. */
export const typedText = (typed: Typed | undefined): string =>
  typed instanceof Secret ? typed.reveal() : (typed ?? '')

/** What the user gave for an account; empty values count as not given. */
export interface AccountInput {
  readonly values: Readonly<Record<string, Typed>>
  readonly endpoints: Readonly<Record<string, string>>
  /** The proxy's address; empty for none, left out to keep the stored one. Its password is among the values. */
  readonly proxy?: string | undefined
  /** The IP version for its connections; null for both, left out to keep the stored one. */
  readonly family?: Family | null | undefined
  /** Who signs in; left out to keep the stored one, which is `unattended` for a new account. */
  readonly mode?: LoginMode | undefined
}

/** What is wrong with a stored secret that was entered for other addresses than the account is to have. */
export const ENTER_AGAIN = 'has to be entered again, because an address or the proxy has changed'

/** Input that was checked and brought to its stored form. */
export interface CheckedInput {
  readonly settings: Record<string, string>
  readonly secrets: Record<string, Secret>
  readonly endpoints: Record<string, string>
  readonly proxy: Proxy | null
}

/**
 * Checks an account's input against its broker's fields.
 * @param mayBeMissing fields with a stored value, which may be left empty
 * @param before the account as it is; null for a new one
 * @throws InputError naming every wrong input: fields by name, addresses as `endpoint.KEY` and `proxy`. It never
 *   repeats a typed secret.
 */
export function checkInput(
  broker: Broker,
  input: AccountInput,
  mayBeMissing: ReadonlySet<string>,
  before: Account | null = null,
): CheckedInput {
  const way = checkProxy(
    { address: input.proxy, password: typedText(input.values[proxyPassword.name]) },
    { proxy: before?.proxy ?? null, hasPassword: mayBeMissing.has(proxyPassword.name) },
  )
  const errors: Record<string, string> = { ...way.errors }
  const checked: CheckedInput = { settings: {}, secrets: { ...way.secrets }, endpoints: {}, proxy: way.proxy }
  const isGiven = ({ name }: Field): boolean => typedText(input.values[name]).trim() !== ''
  const given = broker.fields.filter(isGiven).map(({ name }) => name)
  const isByHand = (input.mode ?? 'unattended') === 'assisted'
  if (isByHand && broker.assisted === undefined) {
    errors['mode'] = `can’t be “assisted”: ${broker.name} has no page to sign in on`
  }
  const hasNoLogin = isForCodesAlone(broker, [...given, ...mayBeMissing])

  for (const [key, typed] of Object.entries(input.endpoints)) {
    if (typed.trim() === '') continue
    const result = checkAddress(typed.trim(), way.proxy)
    if ('error' in result) errors[`endpoint.${key}`] = result.error
    else checked.endpoints[key] = result.value
  }
  for (const key of unknownKeys(input.endpoints, Object.keys(broker.endpoints))) {
    errors[`endpoint.${key}`] =
      `is not an endpoint of ${broker.name}; it has ${Object.keys(broker.endpoints).join(', ')}`
  }

  const isStale =
    before !== null && Object.keys(errors).length === 0 && isMoved(before, { ...before, ...checked }, broker)
  if (isStale && (way.proxy?.user ?? '') !== '' && !(proxyPassword.name in checked.secrets)) {
    errors[proxyPassword.name] = ENTER_AGAIN
  }
  for (const field of broker.fields) {
    const typed = typedText(input.values[field.name])
    if (!isGiven(field)) {
      if (isStale && field.kind !== 'setting' && mayBeMissing.has(field.name)) {
        errors[field.name] = ENTER_AGAIN
        continue
      }
      if (hasNoLogin || mayBeMissing.has(field.name) || (isByHand && isTypedThere(field))) continue
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
    [...broker.fields, proxyPassword].map((field) => field.name),
  )) {
    errors[name] = `is not a field of ${broker.name}`
  }

  if (Object.keys(errors).length > 0) throw new InputError(errors)
  return checked
}

/**
 * Returns what is wrong with a field's value, as the end of a sentence that begins with its label; null for nothing.
 * A required field that is left empty is wrong unless the account is for its codes alone.
 */
export function fieldFault(broker: Broker, field: Field, values: AccountInput['values']): string | null {
  const typed = typedText(values[field.name])
  if (typed.trim() === '') {
    const given = broker.fields.filter(({ name }) => typedText(values[name]).trim() !== '')
    const isSkippable = field.optional === true || field.initial !== undefined || given.length === 0
    return isSkippable ? null : 'is missing'
  }
  const result = normalise(field, typed)
  return 'error' in result ? result.error : null
}

/** Returns hints about values that look odd and are accepted nevertheless, by field. */
export function fieldHints(broker: Broker, values: AccountInput['values']): Record<string, string> {
  const hints: Record<string, string> = {}
  for (const field of broker.fields) {
    const typed = typedText(values[field.name])
    const result = typed.trim() === '' ? null : normalise(field, typed)
    const hint = result !== null && 'value' in result ? (field.hint?.(result.value) ?? null) : null
    if (hint !== null) hints[field.name] = hint
  }
  return hints
}

/** Tells whether a field is entered on the broker's page in an assisted sign-in. */
export const isTypedThere = ({ kind }: Pick<Field, 'kind'>): boolean => kind === 'guarded' || kind === 'totp'

type Result = { readonly value: string } | { readonly error: string }

function normalise(field: Field, typed: string): Result {
  try {
    return { value: storedForm(field, typed) }
  } catch (error) {
    if (error instanceof TypeError) return { error: error.message }
    throw error
  }
}

function checkAddress(typed: string, proxy: Proxy | null): Result {
  if (!URL.canParse(typed))
    return { error: 'is not an address; it looks like https://host or http://127.0.0.1:port' }
  const url = new URL(typed)
  if (!isSafeAddress(url)) {
    return { error: 'must start with https://; plain http:// is for 127.0.0.1 on this computer only' }
  }
  if (proxy !== null && !isSafeAddress(url, new URL(proxy.url))) {
    return { error: 'must start with https://: the proxy would take plain http:// away from this computer' }
  }
  if (url.username !== '' || url.password !== '') return { error: 'must not contain a user name or password' }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return { error: 'must be a host without a path' }
  return { value: url.origin }
}

function unknownKeys(given: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  return Object.keys(given).filter((key) => !known.includes(key))
}

/**
 * Checks that the terms are accepted, where they have to be. An account without a login sends nothing, and an assisted
 * sign-in is what the broker wants.
 * @throws InputError for `terms`
 */
export function assertTerms(
  account: Pick<Account, 'settings' | 'secretsSetAt' | 'termsAcceptedAt' | 'mode'>,
  broker: Broker,
): void {
  if (account.termsAcceptedAt !== null || account.mode === 'assisted') return
  if (isForCodesAlone(broker, filledFields(account))) return
  throw new InputError({ terms: 'have to be accepted first' })
}
