import { access, constants, stat } from 'node:fs/promises'
import { othersMay, type OthersMay } from '../adapters/folder-access.ts'
import { findHome } from '../adapters/home.ts'
import { errorCode, InputError } from '../core/errors.ts'
import { assertOwn, OpenToOthers } from '../adapters/trusted-folder.ts'
import type { Finding, FolderFacts } from './finding.ts'
import { closeFolder } from './private-file.ts'

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
    assertOwn(folder)
    return { path: folder, mode, othersMay: may, finding: accessFinding(folder, may) }
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

/** Tells that the state folder can't be opened. */
export class UnusableFolder extends InputError {
  readonly finding: Finding

  constructor(folder: string, reason: Error) {
    const finding = unusableFolder(folder, reason)
    super({ TokenTray: `can’t begin. ${finding.message} ${finding.next}` })
    this.finding = finding
  }
}

/** Makes the finding for a folder for which the system gave `error`, or to which others have access. */
export function unusableFolder(folder: string, error: unknown): Finding {
  if (error instanceof OpenToOthers) return { kind: 'state-folder', message: error.reason, next: error.next }
  const code = errorCode(error)
  return {
    kind: 'state-folder',
    message: `The state folder ${folder} can’t be used${code === null ? '' : ` (${code})`}.`,
    next: 'See that it is yours and that the disk has room, or choose another with TOKENTRAY_HOME.',
  }
}

/** Turns an error from opening the profile of `env` into one that the user can mend; returns others as is. */
export const openingError = (env: NodeJS.ProcessEnv, error: unknown): unknown =>
  error instanceof OpenToOthers || (error instanceof Error && 'syscall' in error)
    ? new UnusableFolder(findHome(env).dir, error)
    : error
