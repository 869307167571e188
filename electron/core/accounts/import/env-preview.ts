import type { Broker, Field } from '../../brokers/broker.ts'
import { parseDotenv, valuesFor } from '../env-file.ts'
import { storedForm } from '../stored-form.ts'

/** One of a broker's fields that a `.env` file has a value for. */
export interface FoundField {
  readonly field: Field
  readonly value: string
  /** What is wrong with the value, as the end of a sentence about the field; null when nothing is. */
  readonly wrong: string | null
}

/** What a broker's account would get out of a `.env` file. */
export interface EnvPreview {
  readonly found: readonly FoundField[]
  /** What the file doesn't have, and the broker can't do without. */
  readonly missing: readonly Field[]
  /** The names in the file that are none of the broker's, in their order. */
  readonly ignored: readonly string[]
}

/** @throws InputError for `env-file` when a value of the broker's can't be read */
export function previewEnv(text: string, broker: Broker): EnvPreview {
  const assignments = parseDotenv(text)
  const values = valuesFor(broker, assignments)
  const names = new Set(broker.fields.map(({ env }) => env))
  const found = broker.fields.flatMap((field) => {
    const value = values[field.name]
    return value === undefined ? [] : [{ field, value, wrong: wrongWith(field, value) }]
  })
  return {
    found,
    missing: broker.fields.filter(
      ({ name, optional, initial }) =>
        values[name] === undefined && optional !== true && initial === undefined,
    ),
    ignored: [...assignments.keys()].filter((name) => !names.has(name)),
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
