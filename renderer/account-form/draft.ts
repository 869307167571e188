import { accountSlug, MAX_TYPED, proxyPasswordField } from '../../electron/contract/fields.ts'
import type { TypedDraft, BrokerView, FormView } from '../../electron/contract/account-form.ts'
import { readTimeOfDay } from '../shared/time-of-day.ts'

/** Returns the name of a field's input; the prefix keeps it apart from the form's own inputs. */
export const fieldInput = (name: string): string => `field.${name}`

/** The name of the input for the proxy's address. */
export const proxyInput = 'proxy'

/** The name of the input for the account's own time of the morning run. */
export const ownTimeInput = 'ownTime'
/** The name of the hidden inputs for the fields whose stored secrets the save deletes. */
export const forgetInput = 'forget'
export const endpointInput = (key: string): string => `endpoint.${key}`

const text = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

/**
 * Returns the form's current values as a draft. The page passes it on and stores nothing of it.
 */
export function draftFrom(data: FormData, broker: BrokerView, editing: FormView['editing']): TypedDraft {
  const emptied = broker.fields.filter(
    ({ name, optional, secret }) =>
      optional &&
      !secret &&
      (editing?.values[name] ?? '') !== '' &&
      text(data, fieldInput(name)).trim() === '',
  )
  return {
    name: editing?.name ?? (accountSlug(text(data, 'name')) || text(data, 'name').trim()),
    brokerId: broker.id,
    values: Object.fromEntries(
      [...broker.fields.map(({ name }) => name), proxyPasswordField].map((name) => [
        name,
        text(data, fieldInput(name)),
      ]),
    ),
    endpoints: Object.fromEntries(
      broker.endpoints.map(({ key }) => [key, text(data, endpointInput(key)).trim()]),
    ),
    proxy: text(data, proxyInput).trim(),
    ownTime: readTimeOfDay(text(data, ownTimeInput)) ?? text(data, ownTimeInput).trim(),
    acceptTerms: data.has('terms'),
    acceptElectron: data.has('electron'),
    mode: data.get('mode') === 'assisted' ? 'assisted' : 'unattended',
    forget: [...data.getAll(forgetInput).map(String), ...emptied.map(({ name }) => name)],
  }
}

/** Returns errors for values that the main process refuses as too long, in its words and names. */
export function tooLong({ name, values, endpoints, proxy, ownTime }: TypedDraft): Errors {
  const inputs: [error: string, value: string, limit: number][] = [
    ['name', name, MAX_NAME],
    ['proxy', proxy, MAX_TYPED],
    ['ownTime', ownTime, MAX_TYPED],
    ...Object.entries(values).map(([field, value]): [string, string, number] => [field, value, MAX_TYPED]),
    ...Object.entries(endpoints).map(([key, value]): [string, string, number] => [
      `endpoint.${key}`,
      value,
      MAX_TYPED,
    ]),
  ]
  const long = inputs.filter(([, value, limit]) => value.length > limit)
  return Object.fromEntries(
    long.map(([error, , limit]) => [error, `is longer than ${String(limit)} characters`]),
  )
}

const MAX_NAME = 200

/** Errors by the name of their input. */
export type Errors = Readonly<Record<string, string>>
