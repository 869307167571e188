import { z } from 'zod'

/** A D-Bus variant as the library gives it: its type, and a list with its one value. */
export function variant<T>(type: z.ZodType<T>) {
  return z.tuple([z.unknown(), z.tuple([type])]).transform(([, [value]]) => value)
}
