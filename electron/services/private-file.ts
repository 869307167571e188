import { lstat, realpath, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { othersMay } from '../adapters/folder-access.ts'
import { replaceFile } from '../adapters/replace-file.ts'

/** Bits of a mode: https://man7.org/linux/man-pages/man7/inode.7.html */
const GROUP_WRITES = 0o020
const OTHERS_WRITE = 0o002
const STICKY = 0o1000

/**
 * Returns why a secret must not be written to a file, as the end of a sentence; null when it may. No other user may be
 * able to read the file, or to put another in its place.
 */
export async function refusalOf(file: string): Promise<string | null> {
  const there = await lstat(file).catch(() => null)
  if (there?.isSymbolicLink() === true) {
    return `is a symbolic link, and what it leads to may be anybody’s; give the file itself`
  }
  if (there !== null && !there.isFile()) return 'is there already and no plain file; give another name'
  const folder = await realpath(path.dirname(path.resolve(file))).catch(() => null)
  if (folder === null) return 'is in a folder that is not there; make it first'
  return process.platform === 'win32' ? accessRefusal(folder) : folderRefusal(folder)
}

/** Checks the folder on Windows, because a file there inherits its permissions. Allows a folder that can't be read. */
export async function accessRefusal(folder: string, readAccess = othersMay): Promise<string | null> {
  const may = await readAccess(folder)
  if (may === null || may === 'nothing') return null
  return (
    `is in ${folder}, where others on this computer can ${may} files. Choose a folder in your own profile, or close ` +
    `this one with: ${closeFolder(folder)}`
  )
}

/** Returns the command that restricts a folder on Windows to its user and the system. */
export const closeFolder = (folder: string, user = userInfo().username): string =>
  `icacls "${folder}" /inheritance:r /grant:r "${user}:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F"`

/** Replaces a file atomically, readable by its owner alone. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await replaceFile(path.join(await realpath(path.dirname(path.resolve(file))), path.basename(file)), text)
}

/** Checks the folder and all above it, because a user who may write to one can replace the folder in it. */
async function folderRefusal(folder: string): Promise<string | null> {
  for (let current = folder; ; current = path.dirname(current)) {
    const { mode, uid, gid } = await stat(current)
    const isOpen = (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== privateGroup(uid))
    if (isOpen && current === folder && (mode & STICKY) !== 0) {
      return (
        `is in ${current}, to which others can write. That folder is sticky: they can’t remove your file, but they can ` +
        `be there before you, with a file or a link of that name. ${ADVICE}`
      )
    }
    // In a sticky folder others can't replace the next folder of the path.
    if (isOpen && (mode & STICKY) === 0) {
      return `is in ${folder}, and others can write to ${current}: they could put a file of theirs in its place. ${ADVICE}`
    }
    if (belongsToOther(uid)) {
      return `is in ${folder}, and ${current} belongs to another user, who could put a file in its place. ${ADVICE}`
    }
    if (current === path.dirname(current)) return null
  }
}

const ADVICE = 'Choose a folder of your own, or close this one with: chmod go-w FOLDER'

/** Returns the number of a user's private group, which equals the user's: https://wiki.debian.org/UserPrivateGroups */
const privateGroup = (uid: number): number => uid

/** Trusts root, who owns the system's folders. Root itself trusts every owner alike. */
function belongsToOther(uid: number): boolean {
  const me = process.getuid?.() ?? 0
  return me !== 0 && uid !== 0 && uid !== me
}
