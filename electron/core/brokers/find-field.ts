import type { Broker, Field, FieldKind } from './broker.ts'

/** Returns a broker's first field of a kind, such as that of its TOTP secret; undefined when it has none. */
export const fieldOfKind = ({ fields }: Pick<Broker, 'fields'>, wanted: FieldKind): Field | undefined =>
  fields.find(({ kind }) => kind === wanted)

/** Returns a broker's field of a name; undefined when it has none. */
export const fieldNamed = ({ fields }: Pick<Broker, 'fields'>, wanted: string): Field | undefined =>
  fields.find(({ name }) => name === wanted)
