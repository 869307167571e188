import { spawn } from 'node:child_process'
import { busProperty } from '../../adapters/bus-property.ts'
import { notAnswered } from '../../adapters/patient-keytar.ts'
import { canReplaceItself } from '../terminal/exit.ts'
import type { Io } from '../terminal/terminal.ts'

/** The collection that items are kept in: https://specifications.freedesktop.org/secret-service-spec/latest/ */
const lockedProperty = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets/aliases/default',
  interface: 'org.freedesktop.Secret.Collection',
  property: 'Locked',
}

/**
 * Has another process ask the system's keychain first, where nobody is at the terminal. A call that hangs keeps the
 * process that made it from ending with an exit code of its choice, and a scheduler goes by that of a login. An open
 * keychain asks nobody anything, and needs no such trial.
 * @throws LoginError `keychain-locked` when that process had to be killed, `cancelled`
 */
export async function tryKeychain({ env, signal }: Pick<Io, 'env' | 'signal'>): Promise<void> {
  if (process.platform !== 'linux' || canReplaceItself(process)) return
  if (((await busProperty(lockedProperty, env)) ?? '').includes('false')) return
  const [, program = ''] = process.argv
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
    if (code === null) throw notAnswered()
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error
  }
}
