import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { rootCertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { hasProgram } from '../../tests/support/has-program.ts'
import { makeCertificate } from '../../tests/support/tls-front.ts'
import { differentOnes, pemsIn, systemRoots, trustedContext } from './trusted-roots.ts'

async function folder(): Promise<string> {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  return dir
}

test.runIf(hasProgram('openssl'))('on Linux the first bundle that is there counts', async () => {
  const dir = await folder()
  const { cert } = await makeCertificate(dir)
  const [first = '', second = ''] = rootCertificates
  const [bundle, another] = [path.join(dir, 'bundle.crt'), path.join(dir, 'another.pem')]
  await writeFile(bundle, `# a comment\n${cert.toString()}\n${first}\n`)
  await writeFile(another, second)
  const roots = await systemRoots('linux', [path.join(dir, 'missing'), bundle, another])
  expect(roots).toEqual(expect.arrayContaining([cert.toString().trim(), first]))
  const isElsewhere = await systemRoots('linux', [])
  expect(roots.includes(second)).toBe(isElsewhere.includes(second))
})

test('a system without any leaves the built-in ones', async () => {
  await expect(systemRoots('linux', ['/nowhere/ca.pem'])).resolves.toBeInstanceOf(Array)
  await expect(trustedContext(null)).resolves.toBeDefined()
})

test('what is trusted is made once, and anew when the profile’s file has changed', async () => {
  const file = path.join(await folder(), 'trusted-ca.pem')
  const before = await trustedContext(file)
  expect(await trustedContext(file)).toBe(before)
  await writeFile(file, rootCertificates[0] ?? '')
  const after = await trustedContext(file)
  expect(after).not.toBe(before)
  expect(await trustedContext(file)).toBe(after)
})

test('a certificate with other line breaks is the same one', () => {
  const pem = rootCertificates[0] ?? ''
  expect(differentOnes([pem, `${pem.replaceAll('\n', '\r\n')}\r\n`, 'another'])).toHaveLength(2)
})

test('certificates are found between other words', () => {
  expect(pemsIn('')).toEqual([])
  expect(pemsIn(`one\n${rootCertificates.slice(0, 2).join('\ntwo\n')}\nthree`)).toEqual(
    rootCertificates.slice(0, 2),
  )
})
