import { constants } from 'node:os'

/** How long a cancelled command may take to tidy up, ms: to take back an attempt, to write down how it ended. */
const TIDYING_MS = 2_000

/**
 * Ends the process by a signal once a cancelled command has had its time. A keychain that waits for its owner, or a
 * name that is being looked up, holds a thread that no cancelling reaches, and `process.exit` would wait for it too.
 */
export function dieWhenStuck(signal: NodeJS.Signals): void {
  // Does not keep a command alive that ends by itself.
  setTimeout(() => killSelf(signal), TIDYING_MS).unref()
}

/**
 * Ends the process although a thread is held that never comes back. `process.exit` would wait for it, so another
 * program takes the process over where Node can do that (22.15 and newer); elsewhere it is killed.
 * @param code the exit code, which a kill turns into 137
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
 * Ends the process as `signal` does to a program that knows nothing of it; shells show 128 and its number. Windows has
 * no signals: sent to oneself, one would end the process with 1, or not at all, so there that number is the exit code.
 */
export function killSelf(signal: NodeJS.Signals, own: Ending = process): void {
  if (own.platform === 'win32') own.exit(128 + constants.signals[signal])
  own.removeAllListeners(signal)
  own.kill(own.pid, signal)
}

/** The part of `process` that is used. */
type Ending = Pick<NodeJS.Process, 'platform' | 'exit' | 'removeAllListeners' | 'kill' | 'pid'>
