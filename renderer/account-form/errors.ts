import { proxyPasswordField } from '../../electron/contract/fields.ts'
import { houseName } from '../../electron/contract/words.ts'
import type { BrokerView } from '../../electron/contract/account-form.ts'
import { endpointInput, fieldInput, ownTimeInput, proxyInput, type Errors } from './draft.ts'

export interface SortedErrors {
  byInput: Errors
  /** Errors without an input in this form; they are shown above it. */
  rest: string[]
  /** The topmost input with an error. */
  first: string | null
}

/** Maps the errors of a save, named as in the contract, to the inputs of the form. */
export function sortErrors(errors: Errors, broker: BrokerView, editing: boolean): SortedErrors {
  const identity: [input: string, error: string][] = [
    ['name', 'name'],
    ['brokerId', 'brokerId'],
  ]
  const inputs: typeof identity = [
    ...(editing ? [] : identity),
    ...broker.fields.map(({ name }): [string, string] => [fieldInput(name), name]),
    [ownTimeInput, 'ownTime'],
    ...broker.endpoints.map(({ key }): [string, string] => [endpointInput(key), `endpoint.${key}`]),
    [proxyInput, 'proxy'],
    [fieldInput(proxyPasswordField), proxyPasswordField],
    ['electron', 'electron'],
    ['terms', 'terms'],
  ]
  const byInput: Record<string, string> = {}
  const placed = new Set<string>()
  for (const [input, error] of inputs) {
    const words = errors[error]
    if (words === undefined || placed.has(error)) continue
    byInput[input] = words
    placed.add(error)
  }
  const rest = Object.entries(errors)
    .filter(([error]) => !placed.has(error))
    .map(([, words]) => words)
  return { byInput, rest, first: Object.keys(byInput)[0] ?? null }
}

/** Returns what a list of errors calls an input; null for one that the form does not have. */
export function subjectOf(input: string, broker: BrokerView): string | null {
  const field = broker.fields.find(({ name }) => fieldInput(name) === input)
  const endpoint = broker.endpoints.find(({ key }) => endpointInput(key) === input)
  if (endpoint !== undefined) return endpointLabel(broker, endpoint.key)
  return field?.label ?? subjects[input] ?? null
}

const subjects: Readonly<Record<string, string>> = {
  name: 'Account name',
  [ownTimeInput]: 'Login time',
  [proxyInput]: 'Proxy address',
  [fieldInput(proxyPasswordField)]: 'Proxy password',
  electron: 'Electron’s age',
  terms: 'The risk',
}

/** Returns what the page calls an address: "Zerodha website". */
export const endpointLabel = ({ name }: Pick<BrokerView, 'name'>, key: string): string =>
  `${houseName(name)} ${{ web: 'website', api: 'API' }[key] ?? key}`
