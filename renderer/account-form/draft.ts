import { MAX_TYPED, proxyPasswordField } from '../../electron/contract/fields.ts'
import type { TypedDraft, BrokerView, FormView } from '../../electron/contract/account-form.ts'
import { readTimeOfDay } from '../shared/time-of-day.ts'

/** The name of an input inside the form; fields and endpoints are kept apart from the form's own. */
export const fieldInput = (name: string): string => `field.${name}`

/** The input for the proxy's address. */
export const proxyInput = 'proxy'

/** The input for when the morning run is to come. */
export const ownTimeInput = 'ownTime'
export const endpointInput = (key: string): string => `endpoint.${key}`

const text = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

/**
 * Returns what the form says at this moment. The page passes it on and keeps nothing of it.
 * @param forgotten fields whose stored secrets the user wants gone
 */
export function draftFrom(
  data: FormData,
  broker: BrokerView,
  editing: FormView['editing'],
  forgotten: readonly string[] = [],
): TypedDraft {
  const emptied = broker.fields.filter(
    ({ name, optional, secret }) =>
      optional &&
      !secret &&
      (editing?.values[name] ?? '') !== '' &&
      text(data, fieldInput(name)).trim() === '',
  )
  return {
    name: editing?.name ?? text(data, 'name').trim(),
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
    mode: data.get('mode') === 'assisted' ? 'assisted' : 'unattended',
    forget: [...forgotten, ...emptied.map(({ name }) => name)],
  }
}

/** Returns what is too long for the main process to accept, in its words and by its names for the inputs. */
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

/** By the name of the input they belong to. */
export type Errors = Readonly<Record<string, string>>
