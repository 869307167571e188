import { constants } from 'node:os'

/** How long a cancelled command may take to clean up, such as to take back an attempt, ms. */
const CLEAN_UP_MS = 2_000

/**
 * Ends the process by a signal after a cancelled command had time to clean up. A keychain prompt or a name lookup
 * holds a thread that can't be cancelled, and `process.exit` would wait for it too.
 */
export function killWhenStuck(signal: NodeJS.Signals): void {
  // Does not keep alive a command that ends by itself.
  setTimeout(() => killSelf(signal), CLEAN_UP_MS).unref()
}

/**
 * Ends the process although a thread never returns, for which `process.exit` would wait. Replaces the process by another
 * program where Node can (22.15 and newer), and kills it elsewhere.
 * @param code the exit code; a kill makes it 137
 */
export function endStuck(code: number): void {
  if (canReplaceItself(process)) process.execve('/bin/sh', ['sh', '-c', `exit ${String(code)}`], {})
  process.kill(process.pid, 'SIGKILL')
}

type Replaceable = { readonly execve: (file: string, args: string[], env: NodeJS.ProcessEnv) => never }

/** https://nodejs.org/api/process.html#processexecvefile-args-env */
export const canReplaceItself = (it: object): it is Replaceable =>
  'execve' in it && process.platform !== 'win32'

/**
 * Ends the process as `signal` ends a program without a handler; shells show 128 plus its number. Windows has no
 * signals, so there the process exits with that number.
 */
export function killSelf(signal: NodeJS.Signals, control: ProcessControl = process): void {
  if (control.platform === 'win32') control.exit(128 + constants.signals[signal])
  control.removeAllListeners(signal)
  control.kill(control.pid, signal)
}

/** The part of `process` that `killSelf` uses. */
type ProcessControl = Pick<NodeJS.Process, 'platform' | 'exit' | 'removeAllListeners' | 'kill' | 'pid'>
