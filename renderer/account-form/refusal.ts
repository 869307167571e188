import type { BrokerView, TestResult } from '../../electron/contract/account-form.ts'
import { houseName } from '../../electron/contract/words.ts'
import { fieldInput } from './draft.ts'

/** The error of an input whose value a broker has refused. */
export interface Refusal {
  readonly input: string
  readonly words: string
}

/** Returns a broker's refusal of a value as the error of its input; null for any other result. */
export function refusalOf(result: TestResult | null, broker: BrokerView): Refusal | null {
  if (result === null || result.ok || result.field === null) return null
  const { kind } = result.problem
  if (kind !== 'bad-credentials' && kind !== 'bad-totp') return null
  const field = broker.fields.find(({ name }) => name === result.field)
  if (field === undefined) return null
  const words = field.totp
    ? `gave codes that ${houseName(broker.name)} refused`
    : `was refused by ${houseName(broker.name)}`
  return { input: fieldInput(field.name), words }
}
