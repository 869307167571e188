import { proxyPasswordField } from '../../electron/contract/fields.ts'
import type { AccountDraft, BrokerView, FormView } from '../../electron/contract/requests.ts'

/** The name of an input inside the form; fields and endpoints are kept apart from the form's own. */
export const fieldInput = (name: string): string => `field.${name}`
/** The input for the proxy's address. */
export const proxyInput = 'proxy'
export const endpointInput = (key: string): string => `endpoint.${key}`

const text = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

/** What the form says at this moment. Nothing of it is kept: the page only passes it on. */
export function draftFrom(data: FormData, broker: BrokerView, editing: FormView['editing']): AccountDraft {
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
    acceptTerms: data.has('terms'),
  }
}
