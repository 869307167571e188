import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'

/** A proxy that follows a test's script; `tests/system/proxy.test.ts` tests real proxies. */
export interface ScriptedProxy {
  readonly url: URL
  /** The requested targets, as `host:port`. */
  readonly asked: string[]
}

/** Returns a forward proxy's reply to a CONNECT: a status line, or null for no reply. */
export type Answer = (request: IncomingMessage) => string | null

export const opened = 'HTTP/1.1 200 Connection established'

/** Starts a forward proxy, which opens the tunnel when the answer is `opened`. */
export async function forwardProxy(answer: Answer = () => opened): Promise<ScriptedProxy> {
  const asked: string[] = []
  const server = createHttpServer()
  server.on('connect', (request, client: Duplex) => {
    const target = request.url ?? ''
    asked.push(target)
    const line = answer(request)
    if (line === null) return
    client.write(`${line}\r\n\r\n`)
    if (line === opened) join(client, target)
    else client.end()
  })
  return { url: new URL(`http://127.0.0.1:${await portOf(server)}`), asked }
}

/** The replies of a SOCKS5 proxy, in bytes: RFC 1928 and 1929. */
export interface SocksAnswers {
  /** The reply to the greeting. */
  readonly method?: number
  /** The reply to a name and password. */
  readonly login?: number
  /** The reply to the request to connect; 0 opens the tunnel. */
  readonly reply?: number
}

/** Starts a SOCKS5 proxy, whose answers decide on logins and targets. */
export async function socksProxy(answers: SocksAnswers = {}): Promise<ScriptedProxy & { said: string[] }> {
  const { method = 0, login = 0, reply = 0 } = answers
  const asked: string[] = []
  const said: string[] = []
  const serve = async (client: Socket): Promise<void> => {
    await next(client)
    client.write(Buffer.from([5, method]))
    if (method === 2) {
      said.push((await next(client)).toString('latin1'))
      client.write(Buffer.from([1, login]))
    }
    const target = targetIn(await next(client))
    asked.push(target)
    client.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
    if (reply === 0) join(client, target)
  }
  const server = createServer((client) => {
    // The client reports a connection that ends.
    serve(client).catch(() => client.destroy())
  })
  return { url: new URL(`socks5://127.0.0.1:${await portOf(server)}`), asked, said }
}

async function next(client: Socket): Promise<Buffer> {
  const [bytes] = await once(client, 'data')
  if (!Buffer.isBuffer(bytes)) throw new TypeError('not bytes')
  return bytes
}

/** Returns the requested target, an address by number or name, and a port. */
function targetIn(request: Buffer): string {
  const isName = request[3] === 3
  const host = isName ? request.subarray(5, -2).toString() : request.subarray(4, -2).join('.')
  return `${host}:${request.readUInt16BE(request.length - 2)}`
}

function join(client: Duplex, target: string): void {
  const { hostname, port } = new URL(`tcp://${target}`)
  const broker = connect(Number(port), hostname)
  for (const [from, to] of [
    [client, broker],
    [broker, client],
  ] as const) {
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
    from.pipe(to)
  }
}

async function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy is not on a TCP port.')
  return address.port
}
