import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryDir } from './child.ts'
import { until } from './until.ts'

/** The source address of connections from these proxies; TokenTray's own come from 127.0.0.1. */
export const PROXY_SIDE = '127.0.0.2'

export const proxyLogin = { user: 'trader', password: 'MarkerProxyPassword8fGt3wQz' }

/** A third-party proxy on this computer, which runs until the test ends. */
export interface RealProxy {
  readonly port: number
  /** The proxy's address, for the only user that it accepts. */
  readonly address: string
  kill(): Promise<void>
}

/** Starts Tinyproxy, a forward proxy: https://tinyproxy.github.io */
export async function startTinyproxy(): Promise<RealProxy> {
  const port = await freePort()
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  const config = path.join(dir, 'tinyproxy.conf')
  const { user, password } = proxyLogin
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', `Bind ${PROXY_SIDE}`, `BasicAuth ${user} ${password}`]
  await writeFile(config, `${lines.join('\n')}\n`)
  return running('tinyproxy', ['-d', '-c', config], 'http', port)
}

/** Starts MicroSocks, a SOCKS5 server: https://github.com/rofl0r/microsocks */
export async function startMicrosocks(): Promise<RealProxy> {
  const port = await freePort()
  const { user, password } = proxyLogin
  const doors = ['-i', '127.0.0.1', '-p', String(port), '-b', PROXY_SIDE]
  return running('microsocks', [...doors, '-u', user, '-P', password], 'socks5', port)
}

async function running(
  program: string,
  args: readonly string[],
  scheme: string,
  port: number,
): Promise<RealProxy> {
  const proxy = spawn(program, args, { stdio: 'ignore' })
  const ended = once(proxy, 'exit')
  const kill = async (): Promise<void> => {
    proxy.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  await until(`${program} on port ${port}`, () => answers(port))
  return { port, address: `${scheme}://${proxyLogin.user}@127.0.0.1:${port}`, kill }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  server.close()
  await once(server, 'close')
  return address.port
}

async function answers(port: number): Promise<true | null> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return null
  } finally {
    socket.destroy()
  }
}
