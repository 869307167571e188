import { stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import type { KiteConnectPractice } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'
import { MessageReceiver } from '../support/message-receiver.ts'
import { Profile } from '../support/profile.ts'
import { makeCertificate, tlsBefore } from '../support/tls-front.ts'

/** Adds the account `kite` at a server whose certificate an inspecting network has signed. */
async function inspected(profile: Profile, broker: KiteConnectPractice) {
  const certificate = await makeCertificate(profile.folder)
  const before = (address: string) => tlsBefore(Number(new URL(address).port), certificate)
  const [web, api] = [await before(broker.endpoints.web), await before(broker.endpoints.api)]
  const endpoints = { web: `https://127.0.0.1:${web.port}`, api: `https://127.0.0.1:${api.port}` }
  await profile.addAccount('kite', { ...broker, endpoints })
  return { certificate, front: web }
}

describe('a network that signs certificates anew', () => {
  test('is named by its issuer at once, and is let in by ca add alone', async ({ profile, broker }) => {
    const { certificate, front } = await inspected(profile, broker)
    const { cli } = profile
    const refused = await cli.run('login', 'kite')
    expect(refused.code).toBe(4)
    expect(refused.stderr).toContain('It was issued by “127.0.0.1”.')
    expect(refused.stderr).toContain('“tokentray ca add FILE”')
    expect(refused.stderr).not.toContain('Waiting to try again')
    expect(front.heard().length).toBe(0)
    const { trace } = await profile.account('kite')
    expect(trace?.lines).toHaveLength(1)

    expect(await cli.mustRun('ca', 'add', certificate.file)).toMatch(
      /^Trusted from now on: [0-9a-f]{16} {2}CN=127\.0\.0\.1 {2}until /,
    )
    expect((await stat(path.join(profile.home, 'trusted-ca.pem'))).mode & 0o777).toBe(0o600)
    await cli.mustRun('login', 'kite')
    const doctor = await cli.mustRun('doctor')
    expect(doctor).toContain('Certificates: the system’s, and for this profile: CN=127.0.0.1')
    const [fingerprint = ''] = (await cli.mustRun('ca', 'list')).split(' ')
    await cli.mustRun('ca', 'remove', fingerprint)
    expect((await cli.run('login', 'kite', '--force')).code).toBe(4)
  })

  test('is named by its issuer where a notice meets it, and let in by ca add', async ({ profile }) => {
    const receiver = await MessageReceiver.start(200)
    onTestFinished(() => {
      receiver.stop()
    })
    const { port, pathname } = new URL(receiver.url)
    const certificate = await makeCertificate(profile.folder)
    const front = await tlsBefore(Number(port), certificate)
    const address = `https://127.0.0.1:${front.port}${pathname}\n`
    const refused = await profile.cli.runWith(address, 'schedule', 'webhook')
    expect(refused.code).toBe(4)
    expect(refused.stderr).toContain('could not be trusted')
    expect(refused.stderr).toContain('It was issued by “127.0.0.1”.')
    expect(refused.stderr).toContain('tokentray ca add FILE')
    expect(refused.stderr).not.toContain(pathname)
    expect(front.heard().length).toBe(0)
    await profile.cli.mustRun('ca', 'add', certificate.file)
    expect((await profile.cli.runWith(address, 'schedule', 'webhook')).code).toBe(0)
    expect(receiver.bodies).toHaveLength(1)
  })

  test('is not let in by a private key, which is not kept', async ({ profile }) => {
    await makeCertificate(profile.folder)
    const { code, stderr } = await profile.cli.run('ca', 'add', path.join(profile.folder, 'key.pem'))
    expect([code, stderr]).toEqual([2, expect.stringContaining('private key')])
    expect(await profile.cli.mustRun('ca', 'list', '--json')).toContain('"certificates": []')
  })
})

describe('an account’s version of IP', () => {
  test('is kept, shown, used and taken back', async ({ profile, broker }) => {
    await profile.addAccount('kite', broker)
    const { cli } = profile
    await cli.mustRun('account', 'edit', 'kite', '--family', '4')
    expect(await cli.mustRun('account', 'show', 'kite')).toContain('family: IPv4 only')
    await cli.mustRun('login', 'kite')
    const { trace } = await profile.account('kite')
    expect([...new Set(trace?.lines.map(({ family }) => family))]).toEqual([4])
    const doctor = await cli.mustRun('doctor')
    expect(doctor).toMatch(/POST 127\.0\.0\.1:\d+ → 200 json in \d+ ms over IPv4/)
    expect(doctor).toMatch(/127\.0\.0\.1:\d+: reached in \d+ ms over IPv4/)
    await cli.mustRun('account', 'edit', 'kite', '--family', 'any')
    expect((await profile.account('kite')).family).toBeNull()
    expect((await cli.run('account', 'edit', 'kite', '--family', '5')).stderr).toContain(
      'is one of 4, 6, any',
    )
  })
})

test('L10: a proxy in the environment that is not used is told of, without its password', async ({
  profile,
  broker,
}) => {
  await profile.addAccount('kite', broker)
  const cli = profile.cli.with({ HTTPS_PROXY: 'http://me:sesame@127.0.0.1:9', NODE_USE_ENV_PROXY: '1' })
  await cli.mustRun('login', 'kite')
  const doctor = await cli.mustRun('doctor')
  expect(doctor).toContain('Proxy: HTTPS_PROXY is set, but TokenTray uses a proxy only where')
  expect(doctor).not.toContain('sesame')
})
