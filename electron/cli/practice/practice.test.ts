import { expect, test } from 'vitest'
import { addCommandLines } from './practice.ts'

test('the way to add a practice account can be pasted into the shells of the system', () => {
  const flags = ['--endpoint a=http://127.0.0.1:1', '--endpoint b=http://127.0.0.1:2']
  expect(addCommandLines('add', flags, 'linux')).toEqual(['add \\', `  ${flags.join(' ')}`])
  expect(addCommandLines('add', flags, 'win32')).toEqual([`add ${flags.join(' ')}`])
})
