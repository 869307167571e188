import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loginFailure } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { forwardProxy, opened, socksProxy } from '../../tests/support/scripted-proxy.ts'
import { LoginError } from '../core/errors.ts'
import type { ProxySettings } from '../core/ports.ts'
import { Secret } from '../core/secret.ts'
import { CONNECT_TIMEOUT_MS } from './connection.ts'
import { httpSessions } from './http.ts'

const login = { user: 'me', password: new Secret('open: sesame ₹') }

/** A broker, with what it has seen of each request. */
async function brokerAt(): Promise<{
  origin: string
  seen: IncomingHttpHeaders[]
  connections: () => number
}> {
  const seen: IncomingHttpHeaders[] = []
  let connections = 0
  const server = createServer((request, response) => {
    seen.push(request.headers)
    response.setHeader('set-cookie', 'session=one')
    request.on('data', (chunk: Buffer) => response.write(chunk))
    request.on('end', () => response.end())
  })
  server.on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the broker is not on a port')
  return { origin: `http://127.0.0.1:${address.port}`, seen, connections: () => connections }
}

async function through(url: URL, options: { login?: ProxySettings['login']; broker?: string } = {}) {
  const broker = await brokerAt()
  const clock = new FakeClock(Date.UTC(2026, 10, 21))
  const controller = new AbortController()
  const origin = options.broker ?? broker.origin
  const http = httpSessions(clock)({
    origins: [origin],
    proxy: { url, login: options.login ?? null },
    signal: controller.signal,
  })
  const post = (value: string) =>
    http.send({ method: 'POST', url: new URL('/login', origin), form: { value } })
  return { ...broker, clock, controller, http, post, target: new URL(origin) }
}

const proxies = { 'a forward proxy': forwardProxy, 'a SOCKS5 proxy': socksProxy } as const

describe.each(Object.entries(proxies))('through %s', (_what, start) => {
  test('requests arrive whole, with their cookies, on one connection', async () => {
    const proxy = await start()
    const { post, seen, connections, target } = await through(proxy.url)
    expect((await post('a&b')).body).toBe('value=a%26b')
    expect((await post('c')).status).toBe(200)
    expect(seen.map(({ cookie }) => cookie)).toEqual([undefined, 'session=one'])
    expect([proxy.asked, connections()]).toEqual([[target.host], 1])
  })

  test('a request looks the same to the broker as one without it', async () => {
    const { origin, post, seen } = await through((await start()).url)
    await post('a')
    const { signal } = new AbortController()
    const direct = httpSessions(new FakeClock(0))({ origins: [origin], proxy: null, signal })
    await direct.send({ method: 'POST', url: new URL('/login', origin), form: { value: 'a' } })
    expect(Object.entries(seen[0] ?? {})).toEqual(Object.entries(seen[1] ?? {}))
  })

  test('a host is looked up by it and not here', async () => {
    const proxy = await start()
    const { http, target } = await through(proxy.url, { broker: 'https://broker.invalid' })
    await http.prepare(target)
    expect(proxy.asked).toEqual(['broker.invalid:443'])
  })

  test('trying it sends the broker nothing', async () => {
    const proxy = await start()
    const { http, seen, target } = await through(proxy.url)
    await http.prepare(target)
    expect([proxy.asked, seen]).toEqual([[target.host], []])
  })

  test('nothing leaves when nobody listens where it should be', async () => {
    const { url } = await start()
    url.port = '9'
    const { http, post, seen, target } = await through(url, { login })
    for (const error of [await loginFailure(post('a')), await loginFailure(http.prepare(target))]) {
      expect([error.kind, error.retrySafe, error.notJudged]).toEqual(['network', true, true])
      expect(error.message).toBe('The proxy at 127.0.0.1:9 could not be reached (ECONNREFUSED).')
      expect(error.next).toContain('nothing goes around the proxy')
    }
    expect(seen).toEqual([])
  })
})

describe('a forward proxy', () => {
  test('is told name and password, and the broker is not', async () => {
    let told: string | undefined
    const { url } = await forwardProxy(({ headers }) => {
      told = headers['proxy-authorization']
      return opened
    })
    const { post, seen } = await through(url, { login })
    await post('a')
    expect(told).toBe(`Basic ${Buffer.from('me:open: sesame ₹').toString('base64')}`)
    expect(JSON.stringify(seen)).not.toContain('proxy')
  })

  test.each([
    ['407 Proxy Authentication Required', 'app-config', 'did not accept its user name or password'],
    ['401 Unauthorized', 'app-config', 'did not accept its user name or password'],
    ['403 Filtered', 'app-config', 'not set up to let anybody through to 127.0.0.1:'],
    ['502 Bad Gateway', 'network', 'could not reach 127.0.0.1:'],
    ['302 Found', 'network', 'could not reach 127.0.0.1:'],
  ])('that answers %s ends the login', async (line, kind, words) => {
    const { url } = await forwardProxy(() => `HTTP/1.1 ${line}`)
    const { http, post, seen, target } = await through(url, { login })
    for (const error of [await loginFailure(post('a')), await loginFailure(http.prepare(target))]) {
      expect([error.kind, error.notJudged]).toEqual([kind, true])
      expect(error.message).toContain(`The proxy at ${url.host}`)
      expect(error.message).toContain(words)
      expect(JSON.stringify([error.message, error.next, error.cause])).not.toContain('sesame')
    }
    expect(seen).toEqual([])
  })

  test('that wants a name where none is given says so', async () => {
    const { url } = await forwardProxy(() => 'HTTP/1.1 407 Proxy Authentication Required')
    const error = await loginFailure((await through(url)).post('a'))
    expect([error.kind, error.message]).toEqual([
      'app-config',
      `The proxy at ${url.host} asks for a user name and a password.`,
    ])
  })

  test('that never answers is given up', async () => {
    const asked = gate()
    const { url } = await forwardProxy(() => {
      asked.open()
      return null
    })
    const { clock, http, target } = await through(url)
    const failure = loginFailure(http.prepare(target))
    await asked.opened
    clock.advance(CONNECT_TIMEOUT_MS)
    const error = await failure
    expect([error.kind, error.notJudged]).toEqual(['timeout', true])
    expect(error.message).toContain(url.host)
  })

  test('is no longer waited for when the login is cancelled', async () => {
    const asked = gate()
    const { url } = await forwardProxy(() => {
      asked.open()
      return null
    })
    const { controller, http, target } = await through(url)
    const failure = loginFailure(http.prepare(target))
    await asked.opened
    const reason = new LoginError('cancelled')
    controller.abort(reason)
    expect(await failure).toBe(reason)
  })

  test('that breaks off in the middle of a request may have let it through', async () => {
    const { url } = await forwardProxy()
    const { origin } = await brokerAt()
    const cut = createServer((request) => request.socket.resetAndDestroy())
    cut.listen(0, '127.0.0.1')
    await once(cut, 'listening')
    onTestFinished(() => void cut.close())
    const address = cut.address()
    const port = address === null || typeof address === 'string' ? '' : String(address.port)
    const { post } = await through(url, { broker: origin.replace(/\d+$/, port) })
    const error = await loginFailure(post('a'))
    expect([error.kind, error.notJudged]).toEqual(['network', false])
    expect(error.message).toContain(`through the proxy at ${url.host}`)
  })
})

describe('a SOCKS5 proxy', () => {
  test('is told name and password', async () => {
    const proxy = await socksProxy({ method: 2 })
    const { post } = await through(proxy.url, { login })
    await post('a')
    const bytes = [1, 2, ...Buffer.from('me'), 16, ...Buffer.from('open: sesame ₹')]
    expect(proxy.said).toEqual([Buffer.from(bytes).toString('latin1')])
  })

  test.each([
    [
      'refuses the password',
      { method: 2, login: 1 },
      'app-config',
      'did not accept its user name or password',
    ],
    ['takes nobody in', { method: 255 }, 'app-config', 'did not accept its user name or password'],
    ['has a rule against it', { reply: 2 }, 'app-config', 'not set up to let anybody through to 127.0.0.1:'],
    ['can’t reach the host', { reply: 4 }, 'network', 'could not reach 127.0.0.1:'],
    ['is refused by the host', { reply: 5 }, 'network', '(ConnectionRefused)'],
    ['offers what nobody has asked for', { method: 7 }, 'app-config', 'did not accept its user name'],
  ])('that %s ends the login', async (_what, answers, kind, words) => {
    const { url } = await socksProxy(answers)
    const { http, post, seen, target } = await through(url, { login })
    for (const error of [await loginFailure(post('a')), await loginFailure(http.prepare(target))]) {
      expect([error.kind, error.notJudged]).toEqual([kind, true])
      expect(error.message).toContain(`The proxy at ${url.host}`)
      expect(error.message).toContain(words)
      expect(String(error.cause)).not.toContain('sesame')
    }
    expect(seen).toEqual([])
  })
})

test('a proxy elsewhere takes no plain http: it would leave this computer', async () => {
  const { post } = await through(new URL('http://proxy.invalid:3128'))
  expect((await loginFailure(post('a'))).kind).toBe('protocol-changed')
})
