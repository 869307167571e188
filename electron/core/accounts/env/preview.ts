import type { Broker, Field } from '../../brokers/broker.ts'
import { fieldOfKind } from '../../brokers/find-field.ts'
import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { isForCodesAlone } from '../codes-alone.ts'
import { storedForm } from '../stored-form.ts'
import { readAssignments, type Assignment } from './expand.ts'
import { isNameOf, unusedNames, type UnusedName } from './names.ts'

/** A field of a broker with a value in a `.env` file. */
export interface FoundField {
  readonly field: Field
  /** The name of the field in the file. */
  readonly env: string
  /** 1-based. */
  readonly line: number
  /** Null for an ambiguous value, which `wrong` explains. */
  readonly value: Secret | null
  /** The fault of the value, as the end of a sentence that begins with its name; null for none. */
  readonly wrong: string | null
}

/** The values of a `.env` file for an account of a broker. */
export interface EnvPreview {
  readonly broker: Broker
  readonly found: readonly FoundField[]
  /** The required fields without a value in the file. */
  readonly missing: readonly Field[]
  /** The names in the file that belong to no field of the broker, in file order. */
  readonly unused: readonly UnusedName[]
  /** How readers differ about the settings, in sentences. */
  readonly notes: readonly string[]
  /** The consequence of a missing TOTP secret, as a sentence; null when it is present or not needed. */
  readonly withoutTotp: string | null
}

/**
 * Returns the values of a `.env` file for a broker.
 * @throws InputError for `env-file` when a value of the broker's fields can't be read
 */
export const previewEnv = (text: string, broker: Broker): EnvPreview => preview(readAssignments(text), broker)

/**
 * Returns the values of a `.env` file for each broker with at least one value, the best match first.
 * @throws InputError for `env-file` when a value of a broker's fields can't be read
 */
export function previewEnvFor(text: string, brokers: Iterable<Broker>): readonly EnvPreview[] {
  const assignments = readAssignments(text)
  return [...brokers]
    .map((broker) => preview(assignments, broker))
    .filter(({ found }) => found.length > 0)
    .sort(
      (a, b) =>
        Math.sign(a.missing.length) - Math.sign(b.missing.length) ||
        a.unused.length - b.unused.length ||
        a.missing.length - b.missing.length ||
        b.found.length - a.found.length,
    )
}

/**
 * Returns the values of a `.env` file for a broker, so that the caller can use them.
 * @throws InputError for `env-file` when it has none of the broker's names, or an ambiguous value
 */
export function readEnvFile(text: string, broker: Broker): EnvPreview {
  const read = previewEnv(text, broker)
  if (read.found.length === 0) {
    const names = broker.fields.map(({ env }) => env).join(', ')
    const others = read.unused.length === 0 ? '' : `. It has ${unusedWords(read.unused)}`
    throw new InputError({ 'env-file': `has none of the names of ${broker.name}: ${names}${others}` })
  }
  const ambiguous = read.found.find(({ value }) => value === null)
  if (ambiguous !== undefined) {
    throw new InputError({ 'env-file': `line ${ambiguous.line}: ${ambiguous.env} ${ambiguous.wrong ?? ''}` })
  }
  return read
}

/** Returns the values of a preview, by field. */
export const valuesIn = ({ found }: EnvPreview): Record<string, string> =>
  Object.fromEntries(found.flatMap(({ field, value }) => (value ? [[field.name, value.reveal()]] : [])))

/** The most names in a message. */
const MAX_NAMES = 12
const MAX_NAME = 60

/** Returns at most `MAX_NAMES` unused names as the end of a sentence. */
export function unusedWords(unused: readonly UnusedName[]): string {
  const more = unused.length - MAX_NAMES
  const names = unused
    .slice(0, MAX_NAMES)
    .map(({ name, meant }) => `${shortened(name)}${meant === null ? '' : ` (did you mean ${meant}?)`}`)
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const shortened = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name)

function preview(assignments: ReadonlyMap<string, Assignment>, broker: Broker): EnvPreview {
  const read = broker.fields.map((field) => ({ field, given: valuesOf(field, assignments) }))
  const found = read.flatMap(({ field, given }) => foundField(field, given))
  const absent = broker.fields.filter((field) => !found.some((entry) => entry.field === field))
  const isAlone = isForCodesAlone(
    broker,
    found.map(({ field }) => field.name),
  )
  const totp = fieldOfKind({ fields: absent }, 'totp')
  return {
    broker,
    found,
    missing: isAlone ? [] : absent.filter(({ optional, initial }) => !optional && initial === undefined),
    unused: unusedNames(assignments.values(), broker, absent),
    notes: read.flatMap(({ field, given }) => (field.kind === 'setting' ? given.flatMap(noteAbout) : [])),
    withoutTotp:
      totp?.optional === true
        ? `There is no TOTP secret (${totp.env}) in it: each login would ask you for the code.`
        : null,
  }
}

/** An assignment without a fault. */
type ReadableAssignment = Exclude<Assignment, { fault: string }>

/**
 * Returns the assignments of a field.
 * @throws InputError for `env-file` when an assignment can't be read
 */
function valuesOf(field: Field, assignments: ReadonlyMap<string, Assignment>): readonly ReadableAssignment[] {
  return [...assignments.values()].flatMap((assignment) => {
    if (!isNameOf(field, assignment.name)) return []
    if ('fault' in assignment)
      throw new InputError({ 'env-file': `line ${assignment.line}: ${assignment.fault}` })
    // An ambiguous empty value may be non-empty for another reader.
    const isLeftOut = assignment.value === '' && (assignment.ambiguity === null || field.kind === 'setting')
    return isLeftOut ? [] : [assignment]
  })
}

function foundField(field: Field, given: readonly ReadableAssignment[]): FoundField[] {
  const [first, ...others] = given
  if (first === undefined) return []
  const place = { field, env: first.name, line: first.line }
  const other = others.find(({ value }) => inStoredForm(field, value) !== inStoredForm(field, first.value))
  if (other !== undefined) {
    const wrong = `and ${other.name} (line ${other.line}) have different values for one thing; leave one of them out`
    return [{ ...place, value: null, wrong }]
  }
  const ambiguity = given.find(({ ambiguity }) => ambiguity !== null)?.ambiguity ?? null
  if (ambiguity !== null && field.kind !== 'setting') {
    return [{ ...place, value: null, wrong: `${ambiguity}; ${remedyFor(first.value)}` }]
  }
  return [{ ...place, value: new Secret(first.value), wrong: wrongWith(field, first.value) }]
}

const noteAbout = ({ name, line, ambiguity }: ReadableAssignment): string[] =>
  ambiguity === null ? [] : [`${name} (line ${line}) ${ambiguity}.`]

/** Returns how to write a value so that all readers agree, if possible. */
function remedyFor(value: string): string {
  const leaveOut = 'leave it out and type it when asked'
  if (!/'|\\\\|\\$|[\r\n\uFFFD]|\$\{/.test(value)) return `put it in single quotes, or ${leaveOut}`
  return /["\\$`\r\n\uFFFD]/.test(value) ? leaveOut : `put it in double quotes, or ${leaveOut}`
}

function inStoredForm(field: Field, value: string): string {
  try {
    return storedForm(field, value)
  } catch (error) {
    if (error instanceof TypeError) return value
    throw error
  }
}

function wrongWith(field: Field, value: string): string | null {
  try {
    storedForm(field, value)
    return null
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

/** Returns the names that no broker uses, with the name that was probably meant. */
export function unusedByAll(previews: readonly EnvPreview[]): readonly UnusedName[] {
  const [first, ...others] = previews.map(
    ({ unused }) => new Map(unused.map(({ name, meant }) => [name, meant])),
  )
  return [...(first ?? [])]
    .filter(([name]) => others.every((other) => other.has(name)))
    .map(([name, meant]) => ({
      name,
      meant: meant ?? others.find((other) => other.get(name))?.get(name) ?? null,
    }))
}
