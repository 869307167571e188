import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MemoryKeychain } from '../adapters/memory-keychain.ts'
import { composeServices, type Services } from './services.ts'

/** Runs `use` on services that forget everything afterwards: good for made-up secrets alone. */
export async function withServicesInMemory(
  env: NodeJS.ProcessEnv,
  use: (services: Services) => Promise<number>,
): Promise<number> {
  const home = await mkdtemp(path.join(tmpdir(), 'tokentray-practice-'))
  try {
    return await use(
      await composeServices({ ...env, TOKENTRAY_HOME: home }, { keychain: new MemoryKeychain() }),
    )
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
