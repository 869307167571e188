import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { othersMay, readAccessList } from './folder-access.ts'

const OWN = 'S-1-5-21-1004336348-1177238915-682003330-1001'
const LOCAL_APP_DATA = `D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;${OWN})`
/** A folder made below C:\ gets these. */
const BELOW_C =
  'D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)'

test.each([
  ['in the user’s own profile', LOCAL_APP_DATA, 'nothing'],
  ['made below C:\\', BELOW_C, 'write'],
  ['that users may read', `${LOCAL_APP_DATA}(A;OICI;0x1200a9;;;BU)`, 'read'],
  ['that everybody may read, by number', `${LOCAL_APP_DATA}(A;OICI;FR;;;S-1-1-0)`, 'read'],
  ['of the whole domain', `${LOCAL_APP_DATA}(A;OICI;FA;;;S-1-5-21-1-2-3-513)`, 'write'],
  ['whose permissions users may change', `${LOCAL_APP_DATA}(A;;WD;;;AU)`, 'write'],
  ['that is denied to users', `${LOCAL_APP_DATA}(D;OICI;FA;;;BU)`, 'nothing'],
  ['without any list', 'D:NO_ACCESS_CONTROL', 'write'],
  ['of one other person whom the user has let in', `${LOCAL_APP_DATA}(A;;FA;;;${OWN}9)`, 'nothing'],
])('in a folder %s strangers may do what its list says', (_which, list, may) => {
  expect(readAccessList(list)).toBe(may)
})

test('the list is what icacls saves', async () => {
  const said = await othersMay('C:\\tt', async (program, [folder = '', , file = '']) => {
    expect([program, folder]).toEqual(['icacls', 'C:\\tt'])
    await writeFile(file, `tt\r\n${BELOW_C}\r\n`, 'utf16le')
    return { succeeded: true, stdout: '', stderr: '' }
  })
  expect(said).toBe('write')
})

test('nothing is known where icacls is missing or says nothing', async () => {
  expect(await othersMay('C:\\tt', () => Promise.resolve(null))).toBe(null)
})
