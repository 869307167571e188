import type { Secret } from '../../core/secret.ts'

/**
 * Returns the sequence that copies text to the terminal's clipboard, also through ssh: OSC 52 of
 * https://invisible-island.net/xterm/ctlseqs/ctlseqs.html. Null for a terminal that is known to have none; others copy
 * it or ignore it without a sign.
 */
export function osc52(text: Secret, env: NodeJS.ProcessEnv): string | null {
  const term = terminalKind(env)
  // The Linux console of old kernels would print it.
  if (term === '' || term === 'dumb' || term === 'linux') return null
  const sequence = `\x1b]52;c;${Buffer.from(text.reveal()).toString('base64')}\x07`
  if (isSet(env['TMUX'])) return sequence + throughTmux(sequence)
  if (isSet(env['STY'])) return `\x1bP${sequence}\x1b\\`
  return sequence
}

/**
 * Returns the kind of terminal. Windows Terminal sets `WT_SESSION` and no `TERM`; Windows' older console sets neither.
 * (https://learn.microsoft.com/en-us/windows/terminal/tips-and-tricks)
 */
const terminalKind = (env: NodeJS.ProcessEnv): string =>
  env['TERM'] ?? (isSet(env['WT_SESSION']) ? 'windows-terminal' : '')

/** Wraps a sequence for tmux with `allow-passthrough on`; with `set-clipboard on` it takes the plain one: tmux(1). */
const throughTmux = (sequence: string): string => `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ''
