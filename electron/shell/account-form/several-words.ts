import type { SaveOutcome } from '../../contract/account-form.ts'
import { inSentence } from '../../contract/words.ts'
import type { FoundSecrets } from '../../core/accounts/import/secrets-in-text.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { fieldNamed } from '../../core/brokers/find-field.ts'
import { leftOutNotes } from './imports.ts'

/** What is said of a required field without a value, as the end of a sentence. */
export const MISSING = 'is missing'

/** Returns what is wrong with a file's values and what to do, in sentences; null for nothing. */
export function wrongWords(wrong: Readonly<Record<string, string>>, broker: Broker): string | null {
  const faults = Object.entries(wrong)
  if (faults.length === 0) return null
  const missing = faults
    .filter(([, why]) => why === MISSING)
    .map(([name]) => inSentence(labelOf(name, broker)))
  const others = faults.filter(([, why]) => why !== MISSING)
  return [
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : []),
    ...others.map(([name, why]) => `${labelOf(name, broker)} ${why}.`),
    'Correct the file and choose it again.',
  ].join(' ')
}

const labelOf = (input: string, broker: Broker): string =>
  fieldNamed(broker, input)?.label ?? { name: 'The name', terms: 'The terms' }[input] ?? 'This Electron'

/** Returns why a save was refused, in sentences. */
export function refusalWords(outcome: Exclude<SaveOutcome, { ok: true }>, broker: Broker): string {
  if ('problem' in outcome) return `${outcome.problem.message} ${outcome.problem.next}`
  return Object.entries(outcome.errors)
    .map(([input, why]) => `${labelOf(input, broker)} ${why}.`)
    .join(' ')
}

/** Returns what of the exports is not used, in sentences. Each picture may hold a part of one export. */
export function notesAbout(found: readonly FoundSecrets[]): string[] {
  const spread = found.filter(({ parts }) => parts.of > 1)
  const parts = {
    here: spread.reduce((sum, { parts: { here } }) => sum + here, 0),
    of: Math.max(0, ...spread.map(({ parts: { of } }) => of)),
  }
  return leftOutNotes({ leftOut: found.flatMap(({ leftOut }) => leftOut), parts })
}
