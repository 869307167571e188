import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { rootCertificates } from 'node:tls'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { hasProgram } from '../../tests/support/has-program.ts'
import { expectMode } from '../../tests/support/mode.ts'
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

const now = Date.now()
/** Those that Node comes with, but for what has ended. */
const [authority = '', another = ''] = rootCertificates.filter(
  (pem) => Date.parse(new X509Certificate(pem).validTo) > now,
)

async function refusal(text: string, at = now): Promise<string> {
  const error: unknown = await addTrusted(file, text, at).catch((reason: unknown) => reason)
  if (!(error instanceof InputError)) throw new Error('It was not refused.')
  expect(await readTrusted(file)).toEqual([])
  return error.errors['FILE'] ?? ''
}

test('an authority’s certificate is kept, once, for its owner alone', async () => {
  const [added] = await addTrusted(file, `Some words\n${authority}`, now)
  expect(added).toMatchObject({
    name: new X509Certificate(authority).subject.split('\n').join(', '),
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(await addTrusted(file, authority, now)).toEqual([])
  expect(await readFile(file, 'utf8')).toBe(`${authority.trim()}\n`)
  await expectMode(file, 0o600)
})

test('one of two is taken out by the start of its fingerprint, and the file with the last', async () => {
  const [first] = await addTrusted(file, authority, now)
  const [second] = await addTrusted(file, another, now)
  const start = (second?.fingerprint ?? '').slice(0, 16)
  expect(await removeTrusted(file, (start.match(/../g) ?? []).join(':').toUpperCase())).toEqual(second)
  expect(await readTrusted(file)).toEqual([first])
  await expect(removeTrusted(file, start)).rejects.toThrow('is that of none')
  await removeTrusted(file, '')
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('several of the same start are not taken out', async () => {
  await addTrusted(file, `${authority}\n${another}`, now)
  await expect(removeTrusted(file, '')).rejects.toThrow('several')
  expect(await readTrusted(file)).toHaveLength(2)
})

test('nothing is kept of a file with a private key, and none of it is repeated', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const why = await refusal(`${authority}\n${key}`)
  expect(why).toContain('private key')
  expect(why).not.toContain(key.split('\n')[1])
})

test.runIf(hasProgram('openssl'))('nor of one that is no authority’s', async () => {
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
      .concat(['-keyout', path.join(dir, 'k.pem'), '-out', path.join(dir, 'leaf.pem')])
      .concat(['-subj', '/CN=leaf.example', '-addext', 'basicConstraints=critical,CA:FALSE']),
    { stdio: 'pipe' },
  )
  const leaf = await readFile(path.join(dir, 'leaf.pem'), 'utf8')
  expect(await refusal(`${authority}\n${leaf}`)).toContain('not an authority’s: CN=leaf.example')
})

test('nor of one that has ended, is of another form or can’t be read', async () => {
  const end = Date.parse(new X509Certificate(authority).validTo)
  expect(await refusal(authority, end + 1)).toContain('ended')
  expect(await refusal('0\x82\x03\x01')).toContain('openssl x509 -inform der')
  expect(await refusal('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toContain(
    'can’t be read',
  )
})
