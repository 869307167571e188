import type { Broker, Field } from '../../brokers/broker.ts'
import type { Assignment } from './expand.ts'

/** Returns all names of a field in `.env` files, the recommended name first. */
export const namesOf = ({ env, aliases = [] }: Field): readonly string[] => [env, ...aliases]

/** Returns whether a name in a file belongs to a field, ignoring case as pydantic-settings does. */
export function isNameOf(field: Field, name: string): boolean {
  return namesOf(field).includes(name.toUpperCase())
}

/** A name in a file that belongs to no field. */
export interface UnusedName {
  readonly name: string
  /** The name that the user probably meant; null for none. */
  readonly meant: string | null
}

/**
 * Returns the names in a file that belong to no field of the broker, in file order. Possible parts of a secret, such
 * as a line of a key, are left out.
 * @param missing the fields that an unused name may be meant for
 */
export function unusedNames(
  assignments: Iterable<Assignment>,
  { fields }: Broker,
  missing: readonly Field[],
): readonly UnusedName[] {
  return [...assignments]
    .filter(({ name }) => looksLikeName(name) && !fields.some((field) => isNameOf(field, name)))
    .map(({ name }) => ({ name, meant: closestName(name, missing) }))
}

function closestName(name: string, fields: readonly Field[]): string | null {
  const [best] = fields
    .map((field) => ({ env: field.env, score: similarity(name, field) }))
    .sort((a, b) => b.score - a.score)
  return best !== undefined && best.score > 0 ? best.env : null
}

/** Returns whether a text is a name, not a line of a key or token; base64 and base32 have no underscores. */
export const looksLikeName = (name: string): boolean =>
  /^[A-Za-z_][\w.-]*$/.test(name) && (name.length < 16 || /^[A-Za-z\d]+([_.-][A-Za-z\d]+)+$/.test(name))

/** Scores a name by the words of a field's name after the broker prefix: their number if all match, else 0. */
function similarity(name: string, field: Field): number {
  const words = name.toUpperCase().split(/[_.-]+/)
  const scores = namesOf(field).map((known) => {
    if (isOneEditAway(name.toUpperCase(), known)) return Infinity
    const wanted = known.split('_').slice(1)
    return wanted.every((word) => words.some((other) => isSimilar(word, other))) ? wanted.length : 0
  })
  return Math.max(...scores)
}

/** Returns whether words are equal or one is a prefix of the other, such as `PASS` and `PASSWORD`. */
const isSimilar = (word: string, other: string): boolean =>
  word === other ||
  (Math.min(word.length, other.length) >= 4 && (word.startsWith(other) || other.startsWith(word)))

/** Returns whether two names differ by one edit: a letter replaced, missing, added, or two letters swapped. */
function isOneEditAway(a: string, b: string): boolean {
  let [start, end] = [0, 0]
  while (start < a.length && a[start] === b[start]) start += 1
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [mine, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (mine.length <= 1 && other.length <= 1) return true
  return mine.length === 2 && other === `${mine.charAt(1)}${mine.charAt(0)}`
}
