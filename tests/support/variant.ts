import { z } from 'zod'

/** Returns a schema of a D-Bus variant as the library delivers it: a type, and a list with one value. */
export function variant<T>(type: z.ZodType<T>) {
  return z.tuple([z.unknown(), z.tuple([type])]).transform(([, [value]]) => value)
}
