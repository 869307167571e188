import * as z from 'zod/mini'
import { Release } from '../../contract/settings.ts'

/** Whether new versions are looked for, when that was done last, and what the release feed said. */
export const UpdateSettings = z.object({
  on: z.catch(z._default(z.boolean(), true), true),
  /** Epoch ms; null for never. */
  askedAt: z.catch(z._default(z.nullable(z.number()), null), null),
  latest: z.catch(z._default(z.nullable(Release), null), null),
})
export type UpdateSettings = z.infer<typeof UpdateSettings>

export const defaultUpdates = UpdateSettings.parse({})
