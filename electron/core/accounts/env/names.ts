import type { Broker, Field } from '../../brokers/broker.ts'
import type { Assignment } from './expand.ts'

/** All names that a field has in `.env` files, the one to recommend first. */
export const namesOf = ({ env, aliases = [] }: Field): readonly string[] => [env, ...aliases]

/** Returns whether a name in a file is one of a field's; case does not count, as in pydantic-settings. */
export function isNameOf(field: Field, name: string): boolean {
  return namesOf(field).includes(name.toUpperCase())
}

/** A name in a file that is no field's. */
export interface UnusedName {
  readonly name: string
  /** The name that was probably meant; null when there is none. */
  readonly meant: string | null
}

/**
 * Returns the names in a file that no field of the broker has, in their order. What may be a piece of a secret, such as
 * a line of a key, is not repeated.
 * @param missing the fields that one of them may be meant for
 */
export function unusedNames(
  assignments: Iterable<Assignment>,
  { fields }: Broker,
  missing: readonly Field[],
): readonly UnusedName[] {
  return [...assignments]
    .filter(({ name }) => looksLikeName(name) && !fields.some((field) => isNameOf(field, name)))
    .map(({ name }) => ({ name, meant: likestName(name, missing) }))
}

function likestName(name: string, fields: readonly Field[]): string | null {
  const [best] = fields
    .map((field) => ({ env: field.env, score: likeness(name, field) }))
    .sort((a, b) => b.score - a.score)
  return best !== undefined && best.score > 0 ? best.env : null
}

/** Whether it is no line of a key or token: base64 and base32 have no underscores. */
export const looksLikeName = (name: string): boolean =>
  /^[A-Za-z_][\w.-]*$/.test(name) && (name.length < 16 || /^[A-Za-z\d]+([_.-][A-Za-z\d]+)+$/.test(name))

/** How many words of one of a field's names, but for the first, which says whose it is, are in a name: all, or none. */
function likeness(name: string, field: Field): number {
  const words = name.toUpperCase().split(/[_.-]+/)
  const scores = namesOf(field).map((known) => {
    if (isOneSlipAway(name.toUpperCase(), known)) return Infinity
    const wanted = known.split('_').slice(1)
    return wanted.every((word) => words.some((other) => isLike(word, other))) ? wanted.length : 0
  })
  return Math.max(...scores)
}

/** Also where one of them is the beginning of the other, as `PASS` and `PASSWORD`. */
const isLike = (word: string, other: string): boolean =>
  word === other ||
  (Math.min(word.length, other.length) >= 4 && (word.startsWith(other) || other.startsWith(word)))

/** Whether two names differ in one letter: wrong, missing, too many, or two in the wrong order. */
function isOneSlipAway(a: string, b: string): boolean {
  let [start, end] = [0, 0]
  while (start < a.length && a[start] === b[start]) start += 1
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const [mine, other] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (mine.length <= 1 && other.length <= 1) return true
  return mine.length === 2 && other === `${mine.charAt(1)}${mine.charAt(0)}`
}
