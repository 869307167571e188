import type { Envelope } from './refusals.ts'

/** Where a broker's envelope has what. A place is a path such as `error.message` or `errors.0.code`. */
export interface EnvelopePlaces {
  /** The places of the code; the first that is filled counts. */
  readonly code?: readonly string[]
  /** The places of the message; the first that is filled counts. */
  readonly words: readonly string[]
  /** The values by which the envelope calls itself a refusal, by place, in lower case. Flags are `true` and `false`. */
  readonly refused?: Readonly<Record<string, readonly string[]>>
  /** The values of a success, by place, in lower case; another value there makes the envelope a refusal. */
  readonly good?: Readonly<Record<string, readonly string[]>>
  /** Places that only a refusal fills. */
  readonly onlyRefused?: readonly string[]
}

/** Returns a reader of a broker's envelope. A plain text counts as the message of a refusal. */
export const envelopeReader =
  ({ code = [], words, refused = {}, good = {}, onlyRefused = [] }: EnvelopePlaces) =>
  (json: unknown): Envelope => {
    if (typeof json === 'string') return { code: '', words: json, isRefusal: true }
    const first = (places: readonly string[]): string =>
      places.map((place) => textAt(json, place)).find((text) => text !== '') ?? ''
    const flag = (place: string): string => textAt(json, place).toLowerCase()
    const isRefusal =
      first(onlyRefused) !== '' ||
      Object.entries(refused).some(([place, values]) => values.includes(flag(place))) ||
      Object.entries(good).some(([place, values]) => flag(place) !== '' && !values.includes(flag(place)))
    return { code: first(code), words: first(words), isRefusal }
  }

/** Returns the text, number or flag at a place of unchecked JSON as text; empty for anything else. */
export function textAt(json: unknown, place: string): string {
  let value = json
  for (const name of place.split('.')) {
    if (typeof value !== 'object' || value === null) return ''
    value = Object.getOwnPropertyDescriptor(value, name)?.value
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''
}
