import type { Broker, Field } from '../../brokers/broker.ts'
import { fieldOfKind } from '../../brokers/field-of-kind.ts'
import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { isForCodesAlone } from '../codes-alone.ts'
import { storedForm } from '../stored-form.ts'
import { readAssignments, type Assignment } from './expand.ts'
import { isNameOf, unusedNames, type UnusedName } from './names.ts'

/** One of a broker's fields that a `.env` file has a value for. */
export interface FoundField {
  readonly field: Field
  /** The name that the file has for it. */
  readonly env: string
  /** 1-based. */
  readonly line: number
  /** Null when it can't be told what it is, and `wrong` says why. */
  readonly value: Secret | null
  /** What is wrong with the value, as the end of a sentence that begins with its name; null when nothing is. */
  readonly wrong: string | null
}

/** What a broker's account would get out of a `.env` file. */
export interface EnvPreview {
  readonly broker: Broker
  readonly found: readonly FoundField[]
  /** What the file doesn't have, and the broker can't do without. */
  readonly missing: readonly Field[]
  /** The names in the file that are none of the broker's, in their order. */
  readonly unused: readonly UnusedName[]
  /** What readers make of its settings where they differ, in sentences. */
  readonly notes: readonly string[]
  /** What it means that the file has no TOTP secret, as a sentence; null when it has one, or none is wanted. */
  readonly withoutTotp: string | null
}

/** @throws InputError for `env-file` when a value of the broker's can't be read */
export const previewEnv = (text: string, broker: Broker): EnvPreview => preview(readAssignments(text), broker)

/**
 * Returns what a `.env` file has for each broker that it has a name of, the best first.
 * @throws InputError for `env-file` when a value of theirs can't be read
 */
export function previewEnvFor(text: string, brokers: Iterable<Broker>): readonly EnvPreview[] {
  const assignments = readAssignments(text)
  return [...brokers]
    .map((broker) => preview(assignments, broker))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => a.missing.length - b.missing.length || b.found.length - a.found.length)
}

/**
 * Returns what a `.env` file has for a broker, for whoever goes on with its values.
 * @throws InputError for `env-file` when it has none of the broker's names, or a value that can't be told
 */
export function readEnvFile(text: string, broker: Broker): EnvPreview {
  const read = previewEnv(text, broker)
  if (read.found.length === 0) {
    const names = broker.fields.map(({ env }) => env).join(', ')
    const others = read.unused.length === 0 ? '' : `. It has ${unusedWords(read.unused)}`
    throw new InputError({ 'env-file': `has none of the names of ${broker.name}: ${names}${others}` })
  }
  const untold = read.found.find(({ value }) => value === null)
  if (untold !== undefined) {
    throw new InputError({ 'env-file': `line ${untold.line}: ${untold.env} ${untold.wrong ?? ''}` })
  }
  return read
}

/** The values that a preview found, by field. */
export const valuesIn = ({ found }: EnvPreview): Record<string, string> =>
  Object.fromEntries(found.flatMap(({ field, value }) => (value ? [[field.name, value.reveal()]] : [])))

/** How many names a person would read. */
const MAX_NAMES = 12
const MAX_NAME = 60

/** Returns unused names as the end of a sentence, the first dozen of them. */
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
  const absent = broker.fields.filter((field) => !found.some((one) => one.field === field))
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

/** An assignment that could be read. */
type Given = Exclude<Assignment, { fault: string }>

/** @throws InputError for `env-file` when one of them can't be read */
function valuesOf(field: Field, assignments: ReadonlyMap<string, Assignment>): readonly Given[] {
  return [...assignments.values()].flatMap((assignment) => {
    if (!isNameOf(field, assignment.name)) return []
    if ('fault' in assignment)
      throw new InputError({ 'env-file': `line ${assignment.line}: ${assignment.fault}` })
    // An empty one with a doubt is one that others fill in.
    const isLeftOut = assignment.value === '' && (assignment.doubt === null || field.kind === 'setting')
    return isLeftOut ? [] : [assignment]
  })
}

function foundField(field: Field, given: readonly Given[]): FoundField[] {
  const [first, ...others] = given
  if (first === undefined) return []
  const place = { field, env: first.name, line: first.line }
  const other = others.find(({ value }) => inStoredForm(field, value) !== inStoredForm(field, first.value))
  if (other !== undefined) {
    const wrong = `and ${other.name} (line ${other.line}) have different values for one thing; leave one of them out`
    return [{ ...place, value: null, wrong }]
  }
  const doubt = given.find((one) => one.doubt !== null)?.doubt ?? null
  if (doubt !== null && field.kind !== 'setting') {
    return [{ ...place, value: null, wrong: `${doubt}; ${cure(first.value)}` }]
  }
  return [{ ...place, value: new Secret(first.value), wrong: wrongWith(field, first.value) }]
}

const noteAbout = ({ name, line, doubt }: Given): string[] =>
  doubt === null ? [] : [`${name} (line ${line}) ${doubt}.`]

/** What makes all readers agree, where anything does. */
function cure(value: string): string {
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

/** Returns the names that none of the brokers has a use for, with what was meant where that is known. */
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
