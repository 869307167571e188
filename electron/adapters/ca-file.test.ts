import { execFileSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { makeCertificate } from '../../tests/support/tls-front.ts'
import { InputError } from '../core/errors.ts'
import { addTrusted, readTrusted, removeTrusted } from './ca-file.ts'

let dir = ''
let file = ''
beforeEach(async () => {
  const temporary = await temporaryDir()
  onTestFinished(temporary.remove)
  dir = temporary.dir
  file = path.join(dir, 'state', 'trusted-ca.pem')
})

const authority = async (): Promise<string> => (await makeCertificate(dir)).cert.toString()
const now = Date.now()

async function refusal(text: string, at = now): Promise<string> {
  const error: unknown = await addTrusted(file, text, at).catch((reason: unknown) => reason)
  if (!(error instanceof InputError)) throw new Error('It was not refused.')
  expect(await readTrusted(file)).toEqual([])
  return error.errors['FILE'] ?? ''
}

test('an authority’s certificate is kept, once, for its owner alone', async () => {
  const pem = await authority()
  const [added] = await addTrusted(file, `Some words\n${pem}`, now)
  expect(added).toMatchObject({ name: 'CN=127.0.0.1', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await addTrusted(file, pem, now)).toEqual([])
  expect(await readFile(file, 'utf8')).toBe(`${pem.trim()}\n`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('one of two is taken out by the start of its fingerprint, and the file with the last', async () => {
  const [first] = await addTrusted(file, await authority(), now)
  const [second] = await addTrusted(file, await authority(), now)
  const start = (second?.fingerprint ?? '').slice(0, 16)
  expect(await removeTrusted(file, (start.match(/../g) ?? []).join(':').toUpperCase())).toEqual(second)
  expect(await readTrusted(file)).toEqual([first])
  await expect(removeTrusted(file, start)).rejects.toThrow('is that of none')
  await removeTrusted(file, '')
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('several of the same start are not taken out', async () => {
  await addTrusted(file, (await authority()) + (await authority()), now)
  await expect(removeTrusted(file, '')).rejects.toThrow('several')
  expect(await readTrusted(file)).toHaveLength(2)
})

test('nothing is kept of a file with a private key, and none of it is repeated', async () => {
  const pem = await authority()
  const key = await readFile(path.join(dir, 'key.pem'), 'utf8')
  const why = await refusal(pem + key)
  expect(why).toContain('private key')
  expect(why).not.toContain(key.split('\n')[1])
})

test('nor of one that is no authority’s', async () => {
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
      .concat(['-keyout', path.join(dir, 'k.pem'), '-out', path.join(dir, 'leaf.pem')])
      .concat(['-subj', '/CN=leaf.example', '-addext', 'basicConstraints=critical,CA:FALSE']),
    { stdio: 'pipe' },
  )
  const leaf = await readFile(path.join(dir, 'leaf.pem'), 'utf8')
  expect(await refusal((await authority()) + leaf)).toContain('not an authority’s: CN=leaf.example')
})

test('nor of one that has ended, is of another form or can’t be read', async () => {
  expect(await refusal(await authority(), now + 2 * 24 * 60 * 60_000)).toContain('ended')
  expect(await refusal('0\x82\x03\x01')).toContain('openssl x509 -inform der')
  expect(await refusal('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toContain(
    'can’t be read',
  )
})
