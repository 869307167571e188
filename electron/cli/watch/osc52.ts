import type { Secret } from '../../core/secret.ts'

/**
 * The sequence that has a terminal put text on its clipboard, also the one at the other end of ssh: OSC 52 of
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html. Null where the terminal is known to have none; the others
 * do it or ignore it, and don't say which.
 */
export function osc52(text: Secret, env: NodeJS.ProcessEnv): string | null {
  const term = kindOf(env)
  // The Linux console of old kernels would even show it.
  if (term === '' || term === 'dumb' || term === 'linux') return null
  const sequence = `\x1b]52;c;${Buffer.from(text.reveal()).toString('base64')}\x07`
  if (isSet(env['TMUX'])) return sequence + throughTmux(sequence)
  if (isSet(env['STY'])) return `\x1bP${sequence}\x1b\\`
  return sequence
}

/**
 * Windows Terminal sets no `TERM`, and says otherwise who it is; the older console of Windows does neither, and has none.
 * (https://learn.microsoft.com/en-us/windows/terminal/tips-and-tricks)
 */
const kindOf = (env: NodeJS.ProcessEnv): string =>
  env['TERM'] ?? (isSet(env['WT_SESSION']) ? 'windows-terminal' : '')

/** tmux takes the plain one with `set-clipboard on`, and hands this one on with `allow-passthrough on`: tmux(1). */
const throughTmux = (sequence: string): string => `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ''
