import envPaths from 'env-paths'
import path from 'node:path'

export interface Home {
  /** The folder of everything that is not secret. */
  readonly dir: string
  /** The name that TokenTray's items have in the keychain. */
  readonly keychainService: string
}

/**
 * Finds the profile's place. `TOKENTRAY_HOME` moves the state folder and the keychain's service name together, so that
 * tests and second profiles never touch the real one.
 */
export function findHome(env: NodeJS.ProcessEnv): Home {
  const override = env['TOKENTRAY_HOME']
  if (override === undefined || override === '') {
    return { dir: envPaths('TokenTray', { suffix: '' }).data, keychainService: 'TokenTray' }
  }
  const dir = path.resolve(override)
  return { dir, keychainService: `TokenTray (${dir})` }
}
