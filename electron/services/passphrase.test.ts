import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { loginFailure } from '../../tests/support/failure.ts'
import { credentialPassphrase } from './passphrase.ts'

async function credentials(): Promise<{ dir: string; file: string }> {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  return { dir, file: path.join(dir, 'tokentray-passphrase') }
}

test('systemd’s credential is the passphrase', async () => {
  const { dir, file } = await credentials()
  await writeFile(file, ' six words \n')
  expect((await credentialPassphrase({ CREDENTIALS_DIRECTORY: dir }))?.reveal()).toBe(' six words ')
})

test('a service without that credential has no passphrase, nor has what is no service', async () => {
  const { dir } = await credentials()
  expect(await credentialPassphrase({ CREDENTIALS_DIRECTORY: dir })).toBe(null)
  expect(await credentialPassphrase({})).toBe(null)
})

test('a credential that can’t be read says so', async () => {
  const { dir, file } = await credentials()
  await mkdir(file)
  const error = await loginFailure(credentialPassphrase({ CREDENTIALS_DIRECTORY: dir }))
  expect([error.kind, error.message]).toEqual(['keychain-locked', expect.stringContaining('EISDIR')])
})

test('a credential that is no UTF-8 text says so, and is not guessed', async () => {
  const { dir, file } = await credentials()
  await writeFile(file, Buffer.from('six w\xf6rds', 'latin1'))
  const error = await loginFailure(credentialPassphrase({ CREDENTIALS_DIRECTORY: dir }))
  expect([error.kind, error.message]).toEqual(['keychain-locked', expect.stringContaining('is not UTF-8')])
  expect(error.message).not.toMatch(/six/)
  await writeFile(file, '\uFEFFsix wörds\r\n', 'utf16le')
  expect((await credentialPassphrase({ CREDENTIALS_DIRECTORY: dir }))?.reveal()).toBe('six wörds')
})
