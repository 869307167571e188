import type { Broker, Field } from './broker.ts'

/** Returns the field of what a trader types as their name on the broker's page; undefined for none. */
export const loginIdField = ({ fields }: Pick<Broker, 'fields'>): Field | undefined =>
  fields.find(
    ({ kind, label }) => kind === 'setting' && /^(user id|client (id|code)|mobile number)$/i.test(label),
  )
