import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatLine, isLineFormat } from '../../../electron/core/accounts/exports.ts'
import { InputError } from '../../../electron/core/errors.ts'
import { accountName } from '../../../electron/core/state/account-name.ts'
import { readAccountNames } from '../../../electron/services/account-names.ts'
import { anyText } from '../../support/mangled.ts'
import { Profile } from '../../support/profile.ts'
import { ask } from '../../support/programs.ts'

const ROUNDS = Number(process.env['ATTACK_ROUNDS'] ?? 40) * 10

/** What a header can carry, which is what a token may be. */
const token = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('$`\'"\\;&|<>(){}[]*?!#~%= x')),
      minLength: 1,
      maxLength: 30,
    }),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '')

const readers = [
  ['env', '/bin/sh'],
  ['env', '/bin/bash'],
  ['dotenv', '/bin/sh'],
] as const

test.each(readers)(
  'a token of any characters comes out of %s in %s as it was, and runs nothing',
  async (format, shell) => {
    if (!isLineFormat(format)) expect.unreachable()
    const tokens = fc.sample(token, ROUNDS)
    const lines = tokens.flatMap((value) => {
      try {
        return [{ value, line: formatLine({ field: 'access_token', env: 'T', value }, format) }]
      } catch (error) {
        if (error instanceof InputError) return []
        throw error
      }
    })
    expect(lines.length).toBeGreaterThan(ROUNDS / 10)
    const script = lines.map(({ line }) => `${line}\nprintf '%s\\n' "$T"`).join('\n')
    const read = await ask(shell, ['-c', script], { PATH: '/nowhere' })
    expect((read ?? '').split('\n').slice(0, -1)).toEqual(lines.map(({ value }) => value))
  },
)

test('no name that a shell may act upon is offered at Tab', async () => {
  const profile = await Profile.create()
  const names = fc.sample(anyText, ROUNDS)
  await profile.cli.run('status')
  const { mkdir, writeFile } = await import('node:fs/promises')
  await mkdir(profile.home, { recursive: true })
  await writeFile(`${profile.home}/state.json`, JSON.stringify({ accounts: names.map((name) => ({ name })) }))
  for (const name of await readAccountNames(profile.env)) {
    expect(name).toMatch(accountName)
    expect(name).not.toMatch(/[\s$`'"\\;&|<>(){}[\]*?!#~]/)
  }
  await profile.remove()
})
