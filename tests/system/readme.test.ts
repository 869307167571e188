import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { test } from '../support/cli-test.ts'
import { linesBelow, typeLine } from '../support/typed-lines.ts'

test('the README’s ways to hand a token to a script do', async ({ profile, broker }) => {
  const readme = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8')
  const [exec = '', variable = '', file = ''] = linesBelow(readme, 'Hand a token to a script')
  await profile.addAccount('zerodha-main', broker)
  await profile.write('strategy.py', 'import os\nprint(os.environ["KITE_ACCESS_TOKEN"])\n')
  await profile.write('.env', 'MINE=1\nKITE_ACCESS_TOKEN=old\n')

  const access_token = (await typeLine(exec, broker, profile)).trim()
  expect(broker.accepts({ access_token })).toBe(true)
  expect(await typeLine(`${variable}; echo "$TOKEN"`, broker, profile)).toBe(`${access_token}\n`)
  await typeLine(file, broker, profile)
  const lines = (await readFile(path.join(profile.folder, '.env'), 'utf8')).split('\n')
  expect(lines.slice(0, 2)).toEqual(['MINE=1', `KITE_ACCESS_TOKEN=${access_token}`])
  expect(broker.loginsCompleted).toBe(1)
})
