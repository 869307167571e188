import tls from 'node:tls'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import type { KiteConnectPractice } from '../../practice/kite-connect.ts'
import { httpSessions } from '../../electron/adapters/http.ts'
import { App } from '../support/app.ts'
import { test } from '../support/cli-test.ts'
import { loginFailure } from '../support/failure.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { endpointFlags, Profile } from '../support/profile.ts'
import { forwardProxy } from '../support/scripted-proxy.ts'
import { makeCertificate, tlsBefore } from '../support/tls-front.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

/** A common setting of shells behind a company's proxy. */
const CHECKS_OFF = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }

/** Adds the account `kite` at a server with an untrusted certificate. */
async function atUntrusted(profile: Profile, broker: KiteConnectPractice) {
  const front = await tlsBefore(
    Number(new URL(broker.endpoints.web).port),
    await makeCertificate(profile.folder),
  )
  const address = `https://127.0.0.1:${String(front.port)}`
  await profile.addAccount('kite', { ...broker, endpoints: { web: address, api: address } })
  return front
}

/** Starts the app in a shell that turns certificates off, and shows its popover. */
async function popoverWithChecksOff(profile: Profile): Promise<Page> {
  const watcher = await TrayWatcher.start()
  onTestFinished(() => {
    watcher.stop()
  })
  const trader = Profile.in(profile, CHECKS_OFF)
  const app = await App.start(trader)
  onTestFinished(() => app.quit())
  await App.startAgain(trader)
  return app.popover()
}

describe('H1: a variable that turns certificates off', () => {
  test('has the command line send nothing to a server that nobody vouches for', async ({
    profile,
    broker,
  }) => {
    const front = await atUntrusted(profile, broker)
    const login = await profile.cli.with(CHECKS_OFF).run('login', 'kite')
    expect(login.code).toBe(4)
    expect(login.stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 is set')
    expect(login.stderr).toContain('could not be trusted')
    expect(front.heard().toString()).toBe('')
    expect(broker.requests).toEqual([])
  })

  test('is a finding of the doctor', async ({ profile }) => {
    const { code, stdout } = await profile.cli.with(CHECKS_OFF).run('doctor')
    expect(stdout).toContain('First of all: NODE_TLS_REJECT_UNAUTHORIZED=0 is set')
    expect(code).toBe(2)
  })

  test('reaches the programs that exec starts as it was', async ({ profile, broker }) => {
    await profile.addAccount('kite', broker)
    const printed = await profile.cli
      .with(CHECKS_OFF)
      .mustRun('exec', 'kite', '--', 'sh', '-c', 'echo "checks: $NODE_TLS_REJECT_UNAUTHORIZED"')
    expect(printed).toBe('checks: 0')
  })

  test('changes nothing for the window of a sign-in by hand, which names the certificate', async ({
    profile,
    broker,
  }) => {
    const certificate = await makeCertificate(profile.folder)
    const front = await tlsBefore(Number(new URL(broker.endpoints.web).port), certificate)
    const address = `https://127.0.0.1:${String(front.port)}`
    const { api_key, api_secret, user_id } = broker.credentials
    const env = `KITE_API_KEY=${api_key}\nKITE_API_SECRET=${api_secret}\nKITE_USER_ID=${user_id}\n`
    await profile.cli.mustRun(
      ...['account', 'add', 'byhand', '--broker', 'kite-connect', '--mode', 'assisted'],
      ...['--env-file', await profile.write('byhand.env', env)],
      ...['--endpoint', `web=${address}`, '--endpoint', `api=${address}`],
    )
    const popover = await popoverWithChecksOff(profile)
    const outcome = await popover.evaluate(() => window.tokentray.login({ name: 'byhand' }))
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'network' } })
    expect((await profile.account('byhand')).problem?.message).toBe(
      `The certificate of 127.0.0.1:${String(front.port)} could not be trusted (ERR_CERT_AUTHORITY_INVALID).`,
    )
    expect(front.heard().toString()).toBe('')
  })

  test('has the tray app send nothing either', async ({ profile, broker }) => {
    const front = await atUntrusted(profile, broker)
    const popover = await popoverWithChecksOff(profile)
    await popover.getByRole('button', { name: 'Log in kite' }).click()
    await popover.getByText('could not be trusted').first().waitFor()
    expect(front.heard().toString()).toBe('')
    expect(broker.requests).toEqual([])
  })
})

describe('H1, another way: whatever the environment says', () => {
  test('a proxy that nobody vouches for hears nothing, not even where the account wants to go', async ({
    profile,
    broker,
  }) => {
    const proxy = await forwardProxy()
    const front = await tlsBefore(Number(proxy.url.port), await makeCertificate(profile.folder))
    await profile.cli.mustRun(
      ...['account', 'add', 'kite', '--broker', broker.brokerId, '--accept-terms'],
      ...['--env-file', await profile.envFile(broker), '--proxy', `https://127.0.0.1:${String(front.port)}`],
      ...endpointFlags(broker),
    )
    const login = await profile.cli.with(CHECKS_OFF).run('login', 'kite')
    expect(login.code).toBe(4)
    expect([front.heard().toString(), proxy.asked, broker.requests]).toEqual(['', [], []])
  })

  test('H1, another way: a trusted authority’s certificate for another host is not the broker’s', async ({
    profile,
    broker,
  }) => {
    const certificate = await makeCertificate(profile.folder)
    await profile.cli.mustRun('ca', 'add', certificate.file)
    const front = await tlsBefore(Number(new URL(broker.endpoints.web).port), certificate)
    // The certificate is for 127.0.0.1.
    const address = `https://localhost:${String(front.port)}`
    await profile.addAccount('kite', { ...broker, endpoints: { web: address, api: address } })
    const login = await profile.cli.with(CHECKS_OFF).run('login', 'kite')
    expect(login.code).toBe(4)
    expect(login.stderr).toContain('could not be trusted')
    expect(front.heard().toString()).toBe('')
  })

  test('H1, another way: a server of an old TLS is refused, though Node is told to take it', async ({
    profile,
    broker,
  }) => {
    const usual = { DEFAULT_MIN_VERSION: tls.DEFAULT_MIN_VERSION, DEFAULT_CIPHERS: tls.DEFAULT_CIPHERS }
    onTestFinished(() => void Object.assign(tls, usual))
    Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' })
    const certificate = await makeCertificate(profile.folder)
    const front = await tlsBefore(Number(new URL(broker.endpoints.web).port), certificate, {
      maxVersion: 'TLSv1.1',
    })
    const url = new URL(`https://127.0.0.1:${String(front.port)}/`)
    const { signal } = new AbortController()
    const open = httpSessions(new FakeClock(0), null, { caFile: certificate.file, env: {} })
    const session = open({ origins: [url.origin], proxy: null, signal })
    const error = await loginFailure(session.send({ method: 'POST', url, form: { password: 'secret' } }))
    expect(error.kind).toBe('network')
    expect(front.heard().toString()).toBe('')
  })
})
