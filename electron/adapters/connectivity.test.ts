import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasProgram } from '../../tests/support/has-program.ts'
import { temporaryDir } from '../../tests/support/child.ts'
import { loginFailure } from '../../tests/support/failure.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { forwardProxy } from '../../tests/support/scripted-proxy.ts'
import { makeCertificate, tlsBefore } from '../../tests/support/tls-front.ts'
import { LoginError } from '../core/errors.ts'
import type { ProxySettings } from '../core/ports.ts'
import { checkConnectivity, REACH_TIMEOUT_MS } from './connectivity.ts'

/** A host that takes connections, says nothing, and remembers what it hears. */
async function quietHost() {
  const heard: Buffer[] = []
  const ended: Promise<void>[] = []
  const server = createServer((socket) => {
    socket.on('data', (bytes) => heard.push(bytes))
    socket.on('error', () => undefined)
    ended.push(new Promise((resolve) => socket.once('close', () => resolve())))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the host is not on a port')
  return {
    port: address.port,
    /** All it heard, once every connection has ended. */
    heard: async (): Promise<string> => {
      await Promise.all(ended)
      return Buffer.concat(heard).toString('latin1')
    },
    connections: () => ended.length,
  }
}

function reaching(address: string, proxy: ProxySettings | null = null) {
  const clock = new FakeClock(0)
  const controller = new AbortController()
  const network = { caFile: null, env: {} }
  const connecting = { clock, network, signal: controller.signal }
  return {
    clock,
    controller,
    reached: checkConnectivity(new URL(address), { proxy, family: null }, connecting),
  }
}

describe('a host', () => {
  test('that takes a connection is reached, and nothing is said to it', async () => {
    const host = await quietHost()
    expect(await reaching(`http://127.0.0.1:${host.port}`).reached).toEqual({ ms: 0, family: 4 })
    expect(await host.heard()).toBe('')
    expect(host.connections()).toBe(1)
  })

  test('that takes none is not', async () => {
    const error = await loginFailure(reaching('http://127.0.0.1:1').reached)
    expect([error.kind, error.message]).toEqual(['network', expect.stringContaining('127.0.0.1:1')])
  })

  test('without a name is not', async () => {
    const error = await loginFailure(reaching('https://broker.invalid').reached)
    expect([error.kind, error.message]).toEqual(['network', expect.stringContaining('broker.invalid')])
  })

  test.runIf(hasProgram('openssl'))(
    'whose certificate nobody vouches for is not, and hears nothing inside',
    async () => {
      const host = await quietHost()
      const { dir, remove } = await temporaryDir()
      onTestFinished(remove)
      const front = await tlsBefore(host.port, await makeCertificate(dir))
      const error = await loginFailure(reaching(`https://127.0.0.1:${front.port}`).reached)
      expect([error.kind, error.message]).toEqual(['network', expect.stringContaining('certificate')])
      expect(front.heard().length).toBe(0)
    },
  )

  test('that begins no TLS is given up after five seconds', async () => {
    const host = await quietHost()
    const { clock, reached } = reaching(`https://127.0.0.1:${host.port}`)
    await clock.untilWaitingFor(REACH_TIMEOUT_MS)
    clock.advance(REACH_TIMEOUT_MS)
    const error = await loginFailure(reached)
    expect([error.kind, error.message]).toEqual(['timeout', expect.stringContaining('within 5 s')])
  })

  test('is no longer waited for after Ctrl-C', async () => {
    const host = await quietHost()
    const { controller, reached } = reaching(`https://127.0.0.1:${host.port}`)
    controller.abort(new LoginError('cancelled'))
    expect((await loginFailure(reached)).kind).toBe('cancelled')
  })
})

describe('through a proxy', () => {
  test('a host is reached by the proxy alone', async () => {
    const host = await quietHost()
    const proxy = await forwardProxy()
    await reaching(`http://127.0.0.1:${host.port}`, { url: proxy.url, login: null }).reached
    expect(proxy.asked).toEqual([`127.0.0.1:${host.port}`])
    expect(await host.heard()).toBe('')
  })

  test('that refuses nothing goes around it', async () => {
    const host = await quietHost()
    const proxy = await forwardProxy(() => 'HTTP/1.1 407 Who are you')
    const { reached } = reaching(`http://127.0.0.1:${host.port}`, { url: proxy.url, login: null })
    expect((await loginFailure(reached)).kind).toBe('app-config')
    expect(host.connections()).toBe(0)
  })
})
