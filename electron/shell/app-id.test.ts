import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { APP_ID } from './app-id.ts'

test('the app is to Windows who its installer says it is', async () => {
  const packaging = await readFile(path.join(import.meta.dirname, '../../electron-builder.yml'), 'utf8')
  expect(/^appId: (.+)$/m.exec(packaging)?.[1]).toBe(APP_ID)
})
