import { constants, lstatSync, realpathSync, type Stats } from 'node:fs'
import path from 'node:path'

/** Bits of a mode: https://man7.org/linux/man-pages/man7/inode.7.html */
const GROUP_WRITES = 0o020
const OTHERS_WRITE = 0o002
const STICKY = 0o1000

/** Fails for a link in place of a file; Windows has no such flag. */
export const NO_FOLLOW = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

/** Reports a file or folder that other users of this computer could change. */
export class OpenToOthers extends Error {
  override readonly name = 'OpenToOthers'
  /** What is wrong, in a sentence. */
  readonly reason: string
  readonly next: string

  constructor(reason: string, next: string) {
    super(`${reason} ${next}`)
    this.reason = reason
    this.next = next
  }
}

/**
 * Checks that nobody else can change what is in the state folder, as ssh checks its own (`StrictModes` of
 * sshd_config(5)). Windows has other means: see `folder-access.ts`. Synchronous, because twenty short calls one after
 * another would have the tray icon wait for a thread twenty times.
 * @param uid of this process
 * @throws OpenToOthers, Error of the system
 */
export function assertOwn(folder: string, uid = process.getuid?.()): void {
  if (uid === undefined) return
  const real = realpathSync.native(folder)
  const facts = lstatSync(real)
  if (facts.uid !== uid)
    throw new OpenToOthers(`The state folder ${folder} belongs to another user.`, ELSEWHERE)
  if ((facts.mode & (GROUP_WRITES | OTHERS_WRITE)) !== 0) throw openFolder(folder, modeWords(facts))
  // The link to a folder can be put elsewhere by whoever may write beside it.
  for (const start of new Set([
    real,
    path.join(realpathSync.native(path.dirname(folder)), path.basename(folder)),
  ])) {
    assertParents(start, uid)
  }
  assertFile(path.join(real, 'state.json'), uid)
  assertFile(path.join(real, 'keychain.sealed'), uid)
}

/** In a sticky folder, such as /tmp, others can't put anything in the place of what is ours. */
function assertParents(folder: string, uid: number): void {
  for (let current = path.dirname(folder); ; current = path.dirname(current)) {
    const facts = lstatSync(current)
    const { gid, mode } = facts
    const isOpen = (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && gid !== facts.uid)
    const why = `so that others could put another state folder in the place of ${folder}.`
    if (isOpen && (mode & STICKY) === 0) {
      throw new OpenToOthers(
        `Others on this computer may change ${current} (mode ${modeWords(facts)}), ${why}`,
        `Close it with: chmod go-w '${current}'`,
      )
    }
    if (facts.uid !== 0 && facts.uid !== uid) {
      throw new OpenToOthers(`${current} belongs to another user, ${why}`, ELSEWHERE)
    }
    if (current === path.dirname(current)) return
  }
}

function assertFile(file: string, uid: number): void {
  const facts = lstatSync(file, { throwIfNoEntry: false })
  if (facts === undefined) return
  if (facts.isSymbolicLink()) {
    throw new OpenToOthers(`${file} is a link, which is not followed.`, 'Put the file itself in its place.')
  }
  if (facts.uid !== uid) {
    throw new OpenToOthers(`${file} belongs to another user.`, `Take it with: sudo chown ${uid} '${file}'`)
  }
  if ((facts.mode & (GROUP_WRITES | OTHERS_WRITE)) !== 0) {
    throw new OpenToOthers(
      `Others on this computer may change ${file} (mode ${modeWords(facts)}).`,
      `Close it with: chmod 600 '${file}'`,
    )
  }
}

/** Returns the error for a state folder to which others may write. */
const openFolder = (folder: string, mode: string): OpenToOthers =>
  new OpenToOthers(
    `Others on this computer may change the state folder ${folder} (mode ${mode}).`,
    `Close it with: chmod 700 '${folder}'`,
  )

const modeWords = ({ mode }: Pick<Stats, 'mode'>): string => mode.toString(8).slice(-4)

const ELSEWHERE = 'Choose a folder of your own with TOKENTRAY_HOME.'
