import { sha256Hex } from '../../core/sha256.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { wait } from '../../core/concurrency/wait.ts'
import type { Clock } from '../../core/ports.ts'
import { readStandardInput } from '../terminal/stdin.ts'
import { findClipboard, runClipboard, type Clipboard } from './clipboard.ts'

/** How long a copy stays, ms. */
export const CLEAR_AFTER_MS = 30_000

/** Takes a copy off the clipboard after a while. Only `copy` starts it, in the background. */
export const clearClipboard: Command = {
  usage: 'clear-clipboard',
  summary: 'Take what copy has copied off the clipboard after 30 seconds',
  run: async ({ args, io, services }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    const hash = (await readStandardInput(io.signal)).toString('latin1').trim()
    const clipboard = findClipboard(io.env)
    if (clipboard !== null) await clearLater(clipboard, hash, (await services()).clock, io.signal)
    return exitCodes.ok
  },
}

/** Clears the clipboard after a while, unless it holds something else by then. */
export async function clearLater(
  { clear, paste }: Clipboard,
  hash: string,
  clock: Clock,
  signal: AbortSignal,
  run: typeof runClipboard = runClipboard,
): Promise<void> {
  await wait(clock, CLEAR_AFTER_MS, signal)
  const held = await run(paste, { wantsOutput: true })
  // Windows ends what it pastes with a line end.
  if (held !== null && sha256Hex(held.replace(/\r?\n$/, '')) === hash) await run(clear)
}
