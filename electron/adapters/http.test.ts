import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import { createServer, type RequestListener, type Server } from 'node:http'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasProgram } from '../../tests/support/has-program.ts'
import { temporaryDir } from '../../tests/support/child.ts'
import { loginFailure } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { LoginError } from '../core/errors.ts'
import type { HttpSession, HttpSessionOptions } from '../core/ports.ts'
import { httpSessions, REQUEST_TIMEOUT_MS } from './http.ts'

async function portOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server is not on a port')
  return String(address.port)
}

async function serve(handler: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await portOf(createServer(handler))}`
}

function session(origin: string, options: Partial<HttpSessionOptions> = {}) {
  const clock = new FakeClock(Date.UTC(2026, 10, 21))
  const openSession = (): HttpSession =>
    httpSessions(clock)({
      origins: [origin],
      proxy: null,
      signal: new AbortController().signal,
      ...options,
    })
  return { clock, http: openSession(), another: openSession }
}

const get = (origin: string, at = '/') => ({ method: 'GET', url: new URL(at, origin) }) as const

describe('a request', () => {
  test('brings back status, headers and body', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(418, { 'x-own': 'yes' }).end('pässt ₹')
    })
    const { status, headers, body } = await session(origin).http.send(get(origin))
    expect([status, headers.get('x-own'), body]).toEqual([418, 'yes', 'pässt ₹'])
  })

  test('carries its form, its headers and an honest name', async () => {
    let seen = ''
    const origin = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => (seen += chunk.toString()))
      request.on('end', () => {
        const { 'content-type': type, 'x-own': own, 'user-agent': agent } = request.headers
        response.end([request.method, type, own, agent].join('|'))
      })
    })
    const form = { password: 'a&b=c d+é%', empty: '' }
    const { body } = await session(origin).http.send({
      method: 'POST',
      url: new URL(origin),
      form,
      headers: { 'x-own': 'yes' },
    })
    expect(body).toBe('POST|application/x-www-form-urlencoded;charset=UTF-8|yes|TokenTray')
    expect(Object.fromEntries(new URLSearchParams(seen))).toEqual(form)
  })

  test.each([
    'http://kite.example',
    'http://localhost:9',
    'http://127.0.0.1.example',
    'http://0.0.0.0:9',
    'ftp://127.0.0.1',
  ])('to %s is never made, even when asked for', async (origin) => {
    const { http, clock } = session(origin)
    const error = await loginFailure(http.send(get(origin)))
    expect(error.kind).toBe('protocol-changed')
    clock.advance(REQUEST_TIMEOUT_MS)
  })

  test('to a server that is not this broker’s is never made', async () => {
    let asked = 0
    const elsewhere = await serve((_request, response) => {
      asked++
      response.end()
    })
    const { http } = session('https://kite.example')
    const error = await loginFailure(http.send(get(elsewhere, '/?request_token=abc')))
    expect(error.kind).toBe('protocol-changed')
    expect(error.message).toContain(new URL(elsewhere).host)
    expect(error.message).not.toContain('abc')
    expect(asked).toBe(0)
  })

  test('does not follow a redirect', async () => {
    const asked: (string | undefined)[] = []
    const origin = await serve((request, response) => {
      asked.push(request.url)
      response.writeHead(302, { location: '/next' }).end()
    })
    const { status, headers } = await session(origin).http.send(get(origin, '/first'))
    expect([status, headers.get('location'), asked]).toEqual([302, '/next', ['/first']])
  })
})

describe('cookies', () => {
  const jarServer = () =>
    serve((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://x')
      if (pathname === '/set') {
        response.setHeader('set-cookie', [
          'one=1; Path=/; HttpOnly',
          'two=2; Path=/deep',
          'bad=3; Domain=example.com',
        ])
      }
      if (pathname === '/drop') response.setHeader('set-cookie', 'one=; Path=/; Max-Age=0')
      response.end(request.headers.cookie ?? '')
    })

  test('are kept within a session, by path', async () => {
    const origin = await jarServer()
    const { http } = session(origin)
    expect((await http.send(get(origin, '/set'))).body).toBe('')
    expect((await http.send(get(origin, '/'))).body).toBe('one=1')
    expect((await http.send(get(origin, '/deep/er'))).body.split('; ').sort()).toEqual(['one=1', 'two=2'])
  })

  test('end when the broker says so', async () => {
    const origin = await jarServer()
    const { http } = session(origin)
    await http.send(get(origin, '/set'))
    await http.send(get(origin, '/drop'))
    expect((await http.send(get(origin, '/'))).body).toBe('')
  })

  test('stay out of a request that is to have none, and are still there for the next', async () => {
    const origin = await jarServer()
    const { http } = session(origin)
    await http.send(get(origin, '/set'))
    expect((await http.send({ ...get(origin, '/'), withoutCookies: true })).body).toBe('')
    expect((await http.send(get(origin, '/'))).body).toBe('one=1')
  })

  test('are not shared with another session', async () => {
    const origin = await jarServer()
    const { http, another } = session(origin)
    await http.send(get(origin, '/set'))
    expect((await another().send(get(origin, '/'))).body).toBe('')
  })
})

describe('a reply', () => {
  test.each([
    [1_000_000, 'taken'],
    [1_000_001, 'protocol-changed'],
  ])('of %i bytes is %s', async (size, outcome) => {
    const origin = await serve((_request, response) => response.end('x'.repeat(size)))
    const reply = session(origin).http.send(get(origin))
    if (outcome === 'taken') expect((await reply).body).toHaveLength(size)
    else expect((await loginFailure(reply)).kind).toBe(outcome)
  })

  test('tells the time of its Date header, and when it was asked for', async () => {
    const told: unknown[] = []
    const date = 'Sat, 21 Nov 2026 02:45:05 GMT'
    const origin = await serve((request, response) => {
      if (request.url === '/bad') response.setHeader('date', 'never')
      else if (request.url === '/none') response.sendDate = false
      else response.setHeader('date', date)
      // What a cache repeats and what a captive portal says is not the broker's time.
      if (request.url === '/cached') response.setHeader('age', '0')
      if (request.url === '/portal') response.statusCode = 511
      response.end()
    })
    const { http, clock } = session(origin, { onDate: (...times) => told.push(times) })
    for (const at of ['/bad', '/none', '/cached', '/portal', '/good']) await http.send(get(origin, at))
    expect(told).toEqual([[origin, Date.parse(date), clock.now(), clock.now()]])
  })

  test.each(['/never', '/half'])('that does not end in time is given up (%s)', async (at) => {
    const arrived = gate()
    const origin = await serve((request, response) => {
      if (request.url === '/half') response.write('{')
      arrived.open()
    })
    const { http, clock } = session(origin)
    const failure = loginFailure(http.send(get(origin, at)))
    await arrived.opened
    clock.advance(REQUEST_TIMEOUT_MS)
    const error = await failure
    expect(error.kind).toBe('timeout')
    expect(error.notJudged).toBe(false)
  })

  test('leaves no timer behind', async () => {
    const origin = await serve((_request, response) => response.end())
    let timers = 0
    const clock = {
      now: () => 0,
      after: () => {
        timers++
        return () => timers--
      },
    }
    const { signal } = new AbortController()
    await httpSessions(clock)({ origins: [origin], proxy: null, signal }).send(get(origin))
    expect(timers).toBe(0)
  })
})

describe('an abort', () => {
  test('ends a request under way with its own reason', async () => {
    const arrived = gate()
    const origin = await serve(() => arrived.open())
    const controller = new AbortController()
    const { http } = session(origin, { signal: controller.signal })
    const failure = loginFailure(http.send(get(origin)))
    await arrived.opened
    const reason = new LoginError('cancelled')
    controller.abort(reason)
    expect(await failure).toBe(reason)
  })

  test('before the request lets nothing out', async () => {
    let asked = 0
    const origin = await serve(() => asked++)
    const { http } = session(origin, { signal: AbortSignal.abort(new LoginError('cancelled')) })
    expect((await loginFailure(http.send(get(origin)))).kind).toBe('cancelled')
    expect(asked).toBe(0)
  })
})

describe('a broker that can’t be reached', () => {
  test('where nobody listens has surely judged nothing', async () => {
    const server = createServer()
    const origin = `http://127.0.0.1:${await portOf(server)}`
    server.close()
    const error = await loginFailure(session(origin).http.send(get(origin)))
    expect([error.kind, error.notJudged]).toEqual(['network', true])
    expect(error.message).toContain(new URL(origin).host)
    expect(error.next).toContain('tokentray practice')
  })

  test('where the name is unknown has surely judged nothing', async () => {
    const origin = 'https://broker.invalid'
    const error = await loginFailure(session(origin).http.send(get(origin)))
    expect([error.kind, error.notJudged]).toEqual(['network', true])
    expect(error.next).not.toContain('tokentray practice')
  })

  test('where the connection is cut may have judged', async () => {
    const origin = await serve((request) => request.socket.resetAndDestroy())
    const error = await loginFailure(session(origin).http.send(get(origin)))
    expect([error.kind, error.notJudged]).toEqual(['network', false])
  })

  test('where the reply is cut half way may have judged', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    const error = await loginFailure(session(origin).http.send(get(origin)))
    expect([error.kind, error.notJudged]).toEqual(['network', false])
  })

  test.runIf(hasProgram('openssl'))(
    'behind a certificate that nobody vouches for has seen nothing of the request',
    async () => {
      const { dir, remove } = await temporaryDir()
      onTestFinished(remove)
      const [keyFile, certFile] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')]
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
          .concat(['-keyout', keyFile, '-out', certFile])
          .concat(['-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']),
        { stdio: 'pipe' },
      )
      let asked = 0
      const server = createTlsServer(
        { key: await readFile(keyFile), cert: await readFile(certFile) },
        () => asked++,
      )
      const origin = `https://127.0.0.1:${await portOf(server)}`
      const error = await loginFailure(session(origin).http.send(get(origin)))
      expect([error.kind, error.notJudged, asked]).toEqual(['network', true, 0])
      expect(error.message).toContain('certificate')
      expect(error.message).toContain('It was issued by “127.0.0.1”.')
      expect(error.next).toContain('tokentray ca add FILE')
      expect(error.final).toBe(true)
    },
  )
})
