import { access, constants, stat } from 'node:fs/promises'
import { othersMay, type OthersMay } from '../adapters/folder-access.ts'
import { findHome } from '../adapters/home.ts'
import { errorCode, InputError } from '../core/errors.ts'
import type { Finding, FolderFacts } from './finding.ts'
import { closeFolder } from './private-file.ts'

const OTHERS_MAY_WRITE = 0o022

/** Returns the permissions of a file or folder, such as `0700`; null on Windows, which has none. */
export async function modeOf(file: string): Promise<string | null> {
  if (process.platform === 'win32') return null
  return (await stat(file)).mode.toString(8).slice(-4)
}

/** Checks that the state folder can be used, and by its owner alone. */
export async function examineFolder(folder: string): Promise<FolderFacts> {
  try {
    const mode = await modeOf(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const may = process.platform === 'win32' ? await othersMay(folder) : null
    const isOpen = mode !== null && (Number.parseInt(mode, 8) & OTHERS_MAY_WRITE) !== 0
    const finding = isOpen ? open(folder, mode) : accessFinding(folder, may)
    return { path: folder, mode, othersMay: may, finding }
  } catch (error) {
    return { path: folder, mode: null, othersMay: null, finding: unusableFolder(folder, error) }
  }
}

/** Makes the finding for a folder that others can use on Windows; null when no other user can. */
export function accessFinding(folder: string, may: OthersMay | null): Finding | null {
  if (may === null || may === 'nothing') return null
  return {
    kind: 'state-folder',
    message: `Others on this computer can ${may} files in the state folder ${folder}.`,
    next: `Close it with: ${closeFolder(folder)}`,
  }
}

/** Returns how private the folder is, as the end of a line about it. */
export function privacyWords({ mode, othersMay: may }: Pick<FolderFacts, 'mode' | 'othersMay'>): string {
  if (mode !== null) return ` (mode ${mode})`
  if (may === null) return ''
  return may === 'nothing' ? ' (for you alone, by its access list)' : ` (others can ${may} files in it)`
}

const open = (folder: string, mode: string): Finding => ({
  kind: 'state-folder',
  message: `Others on this computer may change the state folder ${folder} (mode ${mode}).`,
  next: `Close it with: chmod 700 '${folder}'`,
})

/** Tells that the state folder can't be opened. */
export class UnusableFolder extends InputError {
  readonly finding: Finding

  constructor(folder: string, reason: Error) {
    const finding = unusableFolder(folder, reason)
    super({ TokenTray: `can’t begin. ${finding.message} ${finding.next}` })
    this.finding = finding
  }
}

/** Makes the finding for a folder for which the system gave `error`. */
export function unusableFolder(folder: string, error: unknown): Finding {
  const code = errorCode(error)
  return {
    kind: 'state-folder',
    message: `The state folder ${folder} can’t be used${code === null ? '' : ` (${code})`}.`,
    next: 'See that it is yours and that the disk has room, or choose another with TOKENTRAY_HOME.',
  }
}

/** Turns a system error from opening the profile of `env` into one that the user can mend; returns others as is. */
export const openingError = (env: NodeJS.ProcessEnv, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error ? new UnusableFolder(findHome(env).dir, error) : error
