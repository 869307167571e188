import fc from 'fast-check'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startKiteConnect } from '../../../practice/kite-connect.ts'
import { anyText, mangledJson } from '../../support/mangled.ts'
import { Profile } from '../../support/profile.ts'

const ROUNDS = Number(process.env['ATTACK_ROUNDS'] ?? 40)
const acts = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/
const CALLS = [['status'], ['account', 'list'], ['doctor', '--json'], ['history'], ['schedule', 'status']]

test('whatever stands in a state file, every command ends with a word and without a sequence', async () => {
  const broker = await startKiteConnect()
  const profile = await Profile.create()
  try {
    await profile.addAccount('kite', broker)
    await profile.cli.mustRun('login', 'kite')
    const file = path.join(profile.home, 'state.json')
    const state = await readFile(file, 'utf8')
    const inputs = fc.sample(fc.oneof(mangledJson(state), anyText), ROUNDS)
    for (const [round, text] of inputs.entries()) {
      await writeFile(file, text)
      const call = CALLS[round % CALLS.length] ?? []
      const { code, stdout, stderr } = await profile.cli.run(...call)
      const what = `${call.join(' ')} with ${JSON.stringify(text.slice(0, 2_000))}`
      expect([0, 2, 3, 4, 5, 6], `${what}\n${stderr}`).toContain(code)
      expect(`${stdout}${stderr}`, what).not.toMatch(acts)
    }
    process.stdout.write(`state files: ${String(inputs.length)} tried\n`)
  } finally {
    await profile.remove()
    await broker.stop()
  }
})
