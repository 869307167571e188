import envPaths from 'env-paths'
import path from 'node:path'

export interface Home {
  /** Where everything that is not secret is kept. */
  readonly dir: string
  /** The keychain's name for TokenTray's items. */
  readonly keychainService: string
}

/**
 * `TOKENTRAY_HOME` moves the state directory and the keychain service name with it, so that tests and second
 * profiles never touch the real one.
 */
export function findHome(env: NodeJS.ProcessEnv): Home {
  const moved = env['TOKENTRAY_HOME']
  if (moved === undefined || moved === '') {
    return { dir: envPaths('TokenTray', { suffix: '' }).data, keychainService: 'TokenTray' }
  }
  const dir = path.resolve(moved)
  return { dir, keychainService: `TokenTray (${dir})` }
}
