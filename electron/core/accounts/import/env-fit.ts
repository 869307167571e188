import type { Broker, Field } from '../../brokers/broker.ts'
import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { parseDotenv, valuesFor } from '../env-file.ts'
import { storedForm } from '../stored-form.ts'
import { checkInput } from '../validate.ts'

/** How a `.env` file fits a broker, by the names in the file; its values stay out of it. */
export interface EnvFit {
  readonly broker: Broker
  readonly found: readonly string[]
  /** What the broker can't do without and the file doesn't have. */
  readonly missing: readonly string[]
  /** What is wrong with a value, as the end of a sentence that begins with its name. */
  readonly wrong: ReadonlyMap<string, string>
  readonly totpSecret: Secret | null
}

/**
 * How a `.env` file fits the brokers that it has a name of, the best first.
 * @throws InputError for `env-file` when a value of theirs can't be read
 */
export function envFits(text: string, brokers: Iterable<Broker>): readonly EnvFit[] {
  const assignments = parseDotenv(text)
  const fits: EnvFit[] = []
  for (const broker of brokers) {
    const values = valuesFor(broker, assignments)
    if (Object.keys(values).length > 0) fits.push(fit(broker, values))
  }
  return fits.sort((a, b) => a.missing.length - b.missing.length || b.found.length - a.found.length)
}

function fit(broker: Broker, values: Readonly<Record<string, string>>): EnvFit {
  const errors = errorsIn(broker, values)
  const isFound = ({ name }: Field): boolean => name in values
  const isWrong = ({ name }: Field): boolean => name in errors
  const envNames = (fields: readonly Field[]): string[] => fields.map(({ env }) => env)
  const wrong = broker.fields.filter((field) => isFound(field) && isWrong(field))
  const totp = broker.fields.find((field) => field.kind === 'totp' && !isWrong(field))
  const typed = totp && values[totp.name]
  return {
    broker,
    found: envNames(broker.fields.filter(isFound)),
    missing: envNames(broker.fields.filter((field) => !isFound(field) && isWrong(field))),
    wrong: new Map(wrong.map(({ name, env }) => [env, errors[name] ?? ''])),
    totpSecret: totp === undefined || typed === undefined ? null : new Secret(storedForm(totp, typed)),
  }
}

function errorsIn(
  broker: Broker,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  try {
    checkInput(broker, { values, endpoints: {} }, new Set())
    return {}
  } catch (error) {
    if (error instanceof InputError) return error.errors
    throw error
  }
}
