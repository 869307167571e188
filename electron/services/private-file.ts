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
 * Why a file with a secret in it is better not written there, as the end of a sentence; null when it may be. Nobody but
 * its owner may be able to read it, or to put something else in its place.
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

/** Windows has no modes: a file there has the permissions of its folder. Where they can't be told it is let be. */
export async function accessRefusal(folder: string, ask = othersMay): Promise<string | null> {
  const may = await ask(folder)
  if (may === null || may === 'nothing') return null
  return (
    `is in ${folder}, where others on this computer can ${may} files. Choose a folder in your own profile, or close ` +
    `this one with: ${closeFolder(folder)}`
  )
}

/** The command that leaves a folder on Windows to its user and the system alone. */
export const closeFolder = (folder: string, user = userInfo().username): string =>
  `icacls "${folder}" /inheritance:r /grant:r "${user}:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F"`

/** Writes a file that only its owner can read, in one stroke. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await replaceFile(path.join(await realpath(path.dirname(path.resolve(file))), path.basename(file)), text)
}

/** Also the folders above it: whoever may write to one of them can put another folder in its place. */
async function folderRefusal(folder: string): Promise<string | null> {
  for (let place = folder; ; place = path.dirname(place)) {
    const { mode, uid, gid } = await stat(place)
    const isOpen = (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== privateGroup(uid))
    if (isOpen && place === folder && (mode & STICKY) !== 0) {
      return (
        `is in ${place}, to which others can write. That folder is sticky: they can’t remove your file, but they can ` +
        `be there before you, with a file or a link of that name. ${ADVICE}`
      )
    }
    // In a sticky folder others can't put theirs in place of the folder on our way.
    if (isOpen && (mode & STICKY) === 0) {
      return `is in ${folder}, and others can write to ${place}: they could put a file of theirs in its place. ${ADVICE}`
    }
    if (isSomebodyElses(uid)) {
      return `is in ${folder}, and ${place} belongs to another user, who could put a file in its place. ${ADVICE}`
    }
    if (place === path.dirname(place)) return null
  }
}

const ADVICE = 'Choose a folder of your own, or close this one with: chmod go-w FOLDER'

/** Where each user has a group alone, it has the user's number: https://wiki.debian.org/UserPrivateGroups */
const privateGroup = (uid: number): number => uid

/** Root owns what everybody relies on; for root itself nobody's folder is safer than another's. */
function isSomebodyElses(uid: number): boolean {
  const me = process.getuid?.() ?? 0
  return me !== 0 && uid !== 0 && uid !== me
}
