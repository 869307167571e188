import { spawn } from 'node:child_process'
import { findHome } from '../adapters/home.ts'
import { areItemsOpen } from '../adapters/secret-service.ts'

/**
 * Asks the system's keychain in another process first, when no person is at the terminal. A call that hangs keeps its
 * process from exiting with a code of its choice, by which schedulers judge a login. An unlocked keychain
 * prompts for nothing, so it needs no trial.
 * @param program the command line's script, started with `keychain status`
 * @throws LoginError `keychain-locked` when that process had to be killed, `cancelled`
 */
export async function tryKeychain(
  program: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  if (process.platform !== 'linux') return
  if (await areItemsOpen(findHome(env).keychainService, env)) return
  const child = spawn(process.execPath, ['--', program, 'keychain', 'status'], {
    env,
    signal,
    stdio: 'ignore',
  })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve)
      child.once('error', reject)
    })
    if (code === null) {
      // Not before, because every unattended login comes by here.
      const { keychainTimedOut } = await import('../adapters/timed-keytar.ts')
      throw keychainTimedOut()
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error
  }
}
