import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Field } from '../broker.ts'

/** A field without its kind, which its maker knows. */
export type FieldOptions = Omit<Field, 'kind'>

/** An id that identifies the login, in upper case and without spaces. */
export const userId = ({
  example,
  length = [3, 20],
  ...options
}: FieldOptions & {
  readonly example: string
  readonly length?: readonly [min: number, max: number]
}): Field => ({
  normalise: idLike(example, length),
  ...options,
  kind: 'setting',
})

/** A key or secret of the user's app. */
export const appSecret = (options: FieldOptions): Field => ({
  normalise: plainText,
  ...options,
  kind: 'secret',
})

/** A value that is no secret, such as a vendor code. */
export const setting = (options: FieldOptions): Field => ({
  normalise: plainText,
  ...options,
  kind: 'setting',
})

/** A password. It is kept as it was typed, because spaces may be part of it. */
export const password = (options: FieldOptions): Field => ({ ...options, kind: 'guarded' })

/** A PIN or MPIN of as many digits, or of `min` to `max`. */
export const pin = ({
  length: [min, max = min],
  ...options
}: FieldOptions & { readonly length: readonly [min: number, max?: number] }): Field => ({
  ...options,
  kind: 'guarded',
  normalise: digits(min, max),
})

/** The secret behind the TOTP codes. */
export const totpSecret = (
  options: Omit<FieldOptions, 'name' | 'label' | 'normalise'> & { readonly label?: string },
): Field => ({
  label: 'TOTP secret',
  ...options,
  name: 'totp_secret',
  kind: 'totp',
  normalise: normaliseTotpSecret,
})

/** An Indian mobile number, or one with a country code; kept with `+` and the country code. */
export const mobileNumber = (options: FieldOptions): Field => ({
  ...options,
  kind: 'setting',
  normalise: normaliseMobileNumber,
})

const inWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const inWord = (count: number): string => inWords[count] ?? String(count)

/** Returns a check for `min` to `max` digits. Leading zeros stay. */
export const digits =
  (min: number, max = min): ((typed: string) => string) =>
  (typed) => {
    const value = typed.trim()
    if (/^\d+$/.test(value) && value.length >= min && value.length <= max) return value
    throw new TypeError(`has ${inWord(min)}${max > min ? ` to ${inWord(max)}` : ''} digits`)
  }

/** Returns a text of a plain keyboard without spaces, as it goes into headers. */
export function plainText(typed: string): string {
  const text = typed.trim()
  if (/^[\x21-\x7e]+$/.test(text)) return text
  throw new TypeError('has only letters, digits and punctuation of a plain keyboard, and no spaces')
}

/** Returns a check for an id of `min` to `max` letters and digits. */
const idLike =
  (example: string, [min, max]: readonly [number, number]) =>
  (typed: string): string => {
    const id = typed.trim().toUpperCase()
    if (id.includes('@')) throw new TypeError(`is an id such as ${example}, not the e-mail address`)
    if (/^[A-Z0-9]+$/.test(id) && id.length >= min && id.length <= max) return id
    throw new TypeError(`has ${min} to ${max} letters and digits, such as ${example}`)
  }

/** Returns a mobile number with `+` and its country code. A number without a country code is Indian. */
export function normaliseMobileNumber(typed: string): string {
  const number = typed.replace(/[\s().-]/g, '')
  const indian = /^(?:(?:\+|00)?91)?0?([1-9]\d{9})$/.exec(number)?.[1]
  if (indian !== undefined) return `+91${indian}`
  const foreign = /^(?:\+|00)((?!91)[1-9]\d{6,14})$/.exec(number)?.[1]
  if (foreign !== undefined) return `+${foreign}`
  throw new TypeError('has ten digits, or begins with + and a country code')
}

/**
 * Returns a hint for values that do not look as the broker's do.
 * @param shape what the broker's values look like
 * @param words the end of a sentence about the field
 */
export const hintUnless =
  (shape: RegExp, words: string): ((value: string) => string | null) =>
  (value) =>
    shape.test(value) ? null : words
