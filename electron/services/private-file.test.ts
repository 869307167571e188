import { expect, test } from 'vitest'
import { accessRefusal, closeFolder } from './private-file.ts'

test.each(['read', 'write'] as const)('on Windows no secret goes where others can %s', async (may) => {
  const refusal = await accessRefusal('C:\\tt', () => Promise.resolve(may))
  expect(refusal).toContain(`where others on this computer can ${may} files`)
  expect(refusal).toContain('icacls "C:\\tt"')
})

test.each(['nothing', null] as const)(
  'on Windows a folder of which that is not known (%s) will do',
  async (may) => {
    expect(await accessRefusal('C:\\tt', () => Promise.resolve(may))).toBe(null)
  },
)

test('a folder is closed to all but its user and the system', () => {
  expect(closeFolder('C:\\my tt', 'Asha')).toBe(
    'icacls "C:\\my tt" /inheritance:r /grant:r "Asha:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F"',
  )
})
