import { describe, expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

describe.skipIf(process.platform === 'win32')('one of the system’s programs', () => {
  test('a program that neither answers nor lets itself be ended is not waited for', async () => {
    const answer = await runProgram('sh', ['-c', 'trap "" TERM; echo begun; exec sleep 600'])
    expect(answer).toEqual({ succeeded: false, stdout: 'begun\n', stderr: '' })
  })

  test('a program that is not there is told from one that fails', async () => {
    expect(await runProgram('tokentray-has-no-such-program', [])).toBeNull()
    expect(await runProgram('sh', ['-c', 'echo no >&2; exit 3'])).toEqual({
      succeeded: false,
      stdout: '',
      stderr: 'no\n',
    })
  })
})
