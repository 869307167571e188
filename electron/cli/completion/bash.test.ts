import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderPerTest } from '../../../tests/support/hooks.ts'
import { hasProgram } from '../../../tests/support/has-program.ts'
import { bashScript } from './bash.ts'

const folder = folderPerTest()
const script = bashScript([{ path: '', words: ['login', 'logout'], names: 'account', flags: [] }])

/** Returns what bash offers for a typed word when the account names are these. */
function offers(typed: string, names: readonly string[]): string[] {
  const asked = `${script}
fake() { printf '%s\\n' "$NAMES"; }
COMP_WORDS=(fake "$TYPED"); COMP_CWORD=1
_tokentray
printf '%s\\n' "\${COMPREPLY[@]}"`
  const env = { ...process.env, NAMES: names.join('\n'), TYPED: typed }
  const text = execFileSync('bash', ['--norc', '-c', asked], { cwd: folder(), env, encoding: 'utf8' })
  return text.split('\n').filter((word) => word !== '')
}

test.runIf(hasProgram('bash'))('bash runs and expands nothing that stands in a word', () => {
  const names = ['$(touch RAN)', '`touch RAN`', '*', '${HOME}', '~', 'zerodha', 'zebu']
  expect(offers('z', names)).toEqual(['zerodha', 'zebu'])
  expect(offers('', names)).toEqual(expect.arrayContaining(['login', '`touch', '*', '${HOME}', '~', 'zebu']))
  expect(offers('log', [])).toEqual(['login', 'logout'])
  expect(readdirSync(folder())).toEqual([])
})
