import { describe, expect, test } from 'vitest'
import { askProgram } from './ask-program.ts'

describe.skipIf(process.platform === 'win32')('one of the system’s programs', () => {
  test('a program that neither answers nor lets itself be ended is not waited for', async () => {
    const answer = await askProgram('sh', ['-c', 'trap "" TERM; echo begun; exec sleep 600'])
    expect(answer).toEqual({ succeeded: false, stdout: 'begun\n', stderr: '' })
  })

  test('a program that is not there is told from one that fails', async () => {
    expect(await askProgram('tokentray-has-no-such-program', [])).toBeNull()
    expect(await askProgram('sh', ['-c', 'echo no >&2; exit 3'])).toEqual({
      succeeded: false,
      stdout: '',
      stderr: 'no\n',
    })
  })
})
