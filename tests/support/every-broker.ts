import * as z from 'zod/mini'
import type { Profile } from './profile.ts'

/** The shortest pause between requests, for brokers with that option, ms. */
export const HASTE = { delay_ms: '100' }

/** Returns an account's token as a script gets it, by the broker's field names. */
export async function tokenOf(profile: Profile, name: string): Promise<Record<string, string>> {
  const json = await profile.cli.mustRun('token', name, '--format', 'json')
  return z.record(z.string(), z.string()).parse(JSON.parse(json))
}
