import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { lookup } from 'node:dns/promises'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { loginFailure } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { hasProgram } from '../../tests/support/has-program.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { forwardProxy } from '../../tests/support/scripted-proxy.ts'
import { makeCertificate, tlsBefore } from '../../tests/support/tls-front.ts'
import type { HttpSessionOptions } from '../core/ports.ts'
import { addTrusted } from './ca-file.ts'
import { CONNECT_TIMEOUT_MS, openConnection, type Route } from './connection.ts'
import { httpSessions } from './http.ts'
import { unusedProxy } from './connection-errors.ts'
import { networkOf, type Network } from './network.ts'
import { familyOf } from './routed-fetch.ts'

/** Not every computer has `localhost` in IPv6 too. */
const hasSixth = (await lookup('localhost', { all: true })).some(({ family }) => family === 6)

const plain: Network = { caFile: null, env: {} }

async function portOf(server: Server, host: string): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server is not on a port')
  return address.port
}

/** A broker that says by which family it was asked, packed. */
const familyBroker = (host: string): Promise<number> =>
  portOf(
    createServer((request, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(request.socket.remoteFamily ?? ''))
    }),
    host,
  )

async function asked(origin: string, options: Partial<HttpSessionOptions> = {}, network = plain) {
  const { signal } = new AbortController()
  const session = httpSessions(
    new FakeClock(0),
    null,
    network,
  )({
    origins: [origin],
    proxy: null,
    signal,
    ...options,
  })
  return session.send({ method: 'GET', url: new URL(origin) })
}

function opening(address: string, way: Partial<Route> = {}, network = plain) {
  const clock = new FakeClock(0)
  const { signal } = new AbortController()
  const full = { proxy: null, family: null, ...way }
  return { clock, socket: openConnection(new URL(address), full, { clock, network, signal }) }
}

describe('a version of IP', () => {
  test.each([
    [4, '127.0.0.1', '127.0.0.1'],
    [6, '::1', '[::1]'],
  ] as const)('is that of an IPv%i host, and the reply says so', async (family, host, name) => {
    const port = await familyBroker(host)
    const reply = await asked(`http://${name}:${port}`)
    expect([reply.body, reply.family]).toEqual([`IPv${family}`, family])
  })

  test('is kept to, and said where nothing answers by it', async () => {
    const port = await familyBroker('127.0.0.1')
    const socket = await opening(`http://localhost:${port}`, { family: 4 }).socket
    expect(familyOf(socket)).toBe(4)
    socket.destroy()
    const error = await loginFailure(opening(`http://localhost:${port}`, { family: 6 }).socket)
    expect([error.kind, error.next]).toEqual(['network', expect.stringContaining('held to IPv6')])
  })

  test.skipIf(!hasSixth)('6 is kept to for a name that has both', async () => {
    const port = await familyBroker('::1')
    const socket = await opening(`http://localhost:${port}`, { family: 6 }).socket
    expect(familyOf(socket)).toBe(6)
    socket.destroy()
  })

  test('is also that of the way to a proxy, and the reply says nothing of it', async () => {
    const port = await familyBroker('127.0.0.1')
    const { url } = await forwardProxy()
    const proxy = { url: new URL(`http://localhost:${url.port}`), login: null }
    const origin = `http://127.0.0.1:${port}`
    const loopback = { url, login: null }
    expect((await asked(origin, { proxy: loopback, family: 4 })).family).toBeNull()
    const socket = await opening(origin, { proxy, family: 4 }).socket
    socket.destroy()
    expect((await loginFailure(opening(origin, { proxy, family: 6 }).socket)).kind).toBe('network')
  })
})

test('nothing is sent by Node’s own fetch, which may follow the environment’s proxies', async () => {
  const port = await familyBroker('127.0.0.1')
  const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('by another way'))
  onTestFinished(() => fetch.mockRestore())
  expect((await asked(`http://127.0.0.1:${port}`)).status).toBe(200)
  expect(fetch).not.toHaveBeenCalled()
})

test('a host that takes a connection and says nothing is given up, with nothing judged', async () => {
  const arrived = gate()
  const server = createServer()
  server.on('connection', () => {
    arrived.open()
  })
  const port = await portOf(server, '127.0.0.1')
  const { clock, socket } = opening(`https://127.0.0.1:${port}`)
  const failure = loginFailure(socket)
  await arrived.opened
  clock.advance(CONNECT_TIMEOUT_MS)
  const error = await failure
  expect([error.kind, error.notJudged]).toEqual(['timeout', true])
  expect(error.message).toContain('within 10 s')
})

describe.runIf(hasProgram('openssl'))('a certificate', () => {
  async function behindTls() {
    const { dir, remove } = await temporaryDir()
    onTestFinished(remove)
    const certificate = await makeCertificate(dir)
    const front = await tlsBefore(await familyBroker('127.0.0.1'), certificate)
    return { dir, certificate, front, origin: `https://127.0.0.1:${front.port}` }
  }

  test('that nobody vouches for is final, names its issuer and is told nothing', async () => {
    const { front, origin } = await behindTls()
    const error = await loginFailure(asked(origin))
    expect([error.kind, error.final, error.notJudged]).toEqual(['network', true, true])
    expect(error.message).toBe(
      `The certificate of ${new URL(origin).host} could not be trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ` +
        'It was issued by “127.0.0.1”.',
    )
    expect(error.next).toContain('tokentray ca add FILE')
    expect(front.heard().length).toBe(0)
  })

  test('that the profile trusts is good from the next request on, also through a proxy', async () => {
    const { certificate, dir, origin } = await behindTls()
    const caFile = path.join(dir, 'trusted-ca.pem')
    const network = { ...plain, caFile }
    expect((await loginFailure(asked(origin, {}, network))).final).toBe(true)
    await addTrusted(caFile, await readFile(certificate.file, 'utf8'), Date.now())
    expect((await asked(origin, {}, network)).status).toBe(200)
    const proxy = { url: (await forwardProxy()).url, login: null }
    expect((await asked(origin, { proxy }, network)).status).toBe(200)
  })

  test('of another host is no matter of trust: the words do not say to allow it', async () => {
    const { certificate, dir, front } = await behindTls()
    const caFile = path.join(dir, 'trusted-ca.pem')
    await addTrusted(caFile, await readFile(certificate.file, 'utf8'), Date.now())
    const { socket } = opening(`https://localhost:${front.port}`, {}, { ...plain, caFile })
    const error = await loginFailure(socket)
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(error.next).not.toContain('ca add')
  })
})

describe('a proxy in the environment', () => {
  const unused = networkOf('/x', { HTTPS_PROXY: 'http://me:sesame@proxy.example:3128' })

  test('is named where the network fails, without its password', async () => {
    // One after another, because a failure that nobody awaits yet counts as unhandled.
    for (const fail of [
      () => opening('https://broker.invalid', {}, unused).socket,
      () => asked('https://broker.invalid', {}, unused),
    ]) {
      const error = await loginFailure(fail())
      expect(error.next).toContain('HTTPS_PROXY is set, but TokenTray uses a proxy only where')
      expect(error.message + error.next).not.toContain('sesame')
    }
  })

  test('is not named where the account has one, nor when it is empty', async () => {
    const proxy = { url: new URL('http://127.0.0.1:9'), login: null }
    const error = await loginFailure(opening('https://broker.invalid', { proxy }, unused).socket)
    expect(error.next).not.toContain('HTTPS_PROXY')
    expect(unusedProxy({ HTTPS_PROXY: '', all_proxy: 'socks5://127.0.0.1' })).toContain('all_proxy is set')
    expect(unusedProxy({})).toBeNull()
  })
})
