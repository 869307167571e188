import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** A program call: its name and arguments. */
type ProgramCall = readonly [program: string, ...args: string[]]

/** The programs that reach a desktop's clipboard from a terminal. */
export interface Clipboard {
  /** Copies its standard input. */
  readonly copy: ProgramCall
  /** Prints what is on the clipboard. */
  readonly paste: ProgramCall
  readonly clear: ProgramCall
}

const wayland: Clipboard = {
  copy: ['wl-copy'],
  paste: ['wl-paste', '--no-newline'],
  clear: ['wl-copy', '--clear'],
}
const xclip: Clipboard = {
  copy: ['xclip', '-selection', 'clipboard'],
  paste: ['xclip', '-selection', 'clipboard', '-out'],
  clear: ['xclip', '-selection', 'clipboard', '/dev/null'],
}
const xsel: Clipboard = {
  copy: ['xsel', '--clipboard', '--input'],
  paste: ['xsel', '--clipboard', '--output'],
  clear: ['xsel', '--clipboard', '--clear'],
}
const macos: Clipboard = {
  copy: ['pbcopy'],
  paste: ['pbpaste'],
  clear: ['sh', '-c', 'pbcopy < /dev/null'],
}
const windows: Clipboard = {
  copy: ['clip.exe'],
  paste: ['powershell.exe', '-NoProfile', '-Command', 'Get-Clipboard -Raw'],
  clear: ['powershell.exe', '-NoProfile', '-Command', 'Set-Clipboard -Value $null'],
}

/** Returns the clipboard of this desktop; null where no program reaches one. */
export function findClipboard(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  isInstalled: (program: string) => boolean = (program) => isOnPath(program, env),
): Clipboard | null {
  if (platform === 'darwin') return macos
  if (platform === 'win32') return windows
  const isSet = (name: string): boolean => (env[name] ?? '') !== ''
  const fitting = [
    ...(isSet('WAYLAND_DISPLAY') ? [wayland] : []),
    ...(isSet('DISPLAY') ? [xclip, xsel] : []),
    // Linux inside Windows.
    ...(isSet('WSL_DISTRO_NAME') ? [windows] : []),
  ]
  return fitting.find(({ copy }) => isInstalled(copy[0])) ?? null
}

const isOnPath = (program: string, env: NodeJS.ProcessEnv): boolean =>
  (env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)))

/**
 * Runs a program of the clipboard with a text as its standard input. Resolves with its output; null when it failed.
 * A program that goes on in the background to serve the clipboard keeps no stream of ours.
 */
export function runClipboard(
  [program, ...args]: ProgramCall,
  { input = '', wantsOutput = false } = {},
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', wantsOutput ? 'pipe' : 'ignore', 'ignore'] })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', () => resolve(null))
    child.once(wantsOutput ? 'close' : 'exit', (code) => resolve(code === 0 ? output : null))
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
