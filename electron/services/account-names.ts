import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { findHome } from '../adapters/home.ts'
import { accountName } from '../core/state/account-name.ts'

const Names = z.object({ accounts: z.array(z.object({ name: z.string() })) })

/**
 * Reads the account names of the profile that `env` names, without opening the services, because completion does so at
 * each press of Tab. Leaves out names that no account may be given,
 * because a shell may act upon them. Empty without a state file that can be read.
 */
export async function readAccountNames(env: NodeJS.ProcessEnv): Promise<string[]> {
  try {
    const text = await readFile(path.join(findHome(env).dir, 'state.json'), 'utf8')
    return Names.parse(JSON.parse(text))
      .accounts.map(({ name }) => name)
      .filter((name) => accountName.test(name))
  } catch {
    return []
  }
}
