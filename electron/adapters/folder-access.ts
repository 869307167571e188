import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runProgram } from './run-program.ts'

/** What users other than the owner, the administrators and the system may do with the files in a folder. */
export type OthersMay = 'nothing' | 'read' | 'write'

/**
 * Finds out what others may do in a folder on Windows, whose access list decides for the files in it. Null when
 * it can't be read. Runs `icacls /save`, because its output is the same in every language of Windows.
 * (https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/icacls)
 */
export async function othersMay(folder: string, run = runProgram): Promise<OthersMay | null> {
  const folderOfList = await mkdtemp(path.join(tmpdir(), 'tokentray-access-'))
  try {
    const saved = path.join(folderOfList, 'list')
    await run('icacls', [folder, '/save', saved, '/q'])
    const [, list = ''] = (await readFile(saved, 'utf16le')).split(/\r?\n/)
    return list.includes('D:') ? readAccessList(list) : null
  } catch {
    return null
  } finally {
    await rm(folderOfList, { recursive: true, force: true })
  }
}

/**
 * Groups with other users in them, as https://learn.microsoft.com/en-us/windows/win32/secauthz/sid-strings abbreviates
 * them, or by number: everyone, users, authenticated, anonymous, guests, those at the screen or the network, the
 * users of the domain.
 */
const OTHER_USERS =
  /^(WD|BU|AU|AN|BG|IU|NU|DU|DG|S-1-1-0|S-1-5-(2|4|7|11)|S-1-5-32-54[56]|S-1-5-21-[\d-]+-51[34])$/

/** https://learn.microsoft.com/en-us/windows/win32/secauthz/ace-strings: letters, or the bits as a number. */
const READS = { letters: /FA|FR|GA|GR|CC/, bits: 0x1 | 0x10000000 | 0x80000000 }
const WRITES = {
  letters: /FA|FW|GA|GW|DC|LC|WD|WO/,
  bits: 0x2 | 0x4 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000,
}

/** @param list in Windows' security descriptor language, such as `D:AI(A;OICI;FA;;;SY)` */
export function readAccessList(list: string): OthersMay {
  if (list.includes('NO_ACCESS_CONTROL')) return 'write'
  const grants = [...list.matchAll(/\((A|XA);[^;]*;([^;]*);[^;]*;[^;]*;([^;)]*)/g)]
  const rights = grants.flatMap(([, , right = '', who = '']) => (OTHER_USERS.test(who) ? [right] : []))
  if (rights.some((right) => includes(right, WRITES))) return 'write'
  return rights.some((right) => includes(right, READS)) ? 'read' : 'nothing'
}

function includes(right: string, { letters, bits }: typeof READS): boolean {
  if (right.startsWith('0x')) return (Number(right) & bits) !== 0
  return (right.match(/../g) ?? []).some((letter) => letters.test(letter))
}
