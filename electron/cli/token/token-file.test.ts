import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { Child } from '../../../tests/support/child.ts'
import { inputErrors } from '../../../tests/support/failure.ts'
import { folderPerTest, programForAll } from '../../../tests/support/hooks.ts'
import { LockHeld } from '../../adapters/lock-held.ts'
import { openTokenFile } from './token-file.ts'

const program = programForAll('token-writer')
const dir = folderPerTest()

const NAMES = ['KITE_ACCESS_TOKEN', 'UPSTOX_ACCESS_TOKEN', 'KOTAK_NEO_TOKEN', 'KITE_ENCTOKEN'] as const

test('several processes that put their lines into one file at once lose none of each other’s', async () => {
  const file = path.join(dir(), '.env')
  await writeFile(file, 'MINE=kept\n')
  const locks = path.join(dir(), 'locks')
  const writers = NAMES.map((name) => new Child(program(), [locks, file, name, '15']))
  expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
  expect(parseEnv(await readFile(file, 'utf8'))).toEqual({
    MINE: 'kept',
    ...Object.fromEntries(NAMES.map((name) => [name, '15'])),
  })
})

test('a process that never ends its writing is not waited for, and the file stays as it was', async () => {
  const file = path.join(dir(), '.env')
  await writeFile(file, 'MINE=kept\n')
  const locks = { acquireBriefly: () => Promise.reject(new LockHeld('token-file.3', '4711 1')) }
  const tokens = await openTokenFile(file, { format: 'dotenv', replace: false, envs: ['TOKEN'], locks })
  const errors = await inputErrors(() => tokens.write([{ field: 'token', env: 'TOKEN', value: '1' }], ''))
  expect(errors['lock file']).toContain('by process 4711')
  expect(await readFile(file, 'utf8')).toBe('MINE=kept\n')
})
