import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'

/** Local servers that behave like distant ones: at other addresses, and slower. */
export interface SlowProxies {
  /** The servers' addresses, by the keys of the given URLs. */
  readonly urls: Readonly<Record<string, string>>
  stop(): void
}

/**
 * Starts proxies in front of servers that delay every reply.
 * Replaces the servers' ports by the proxies' ports in replies, so that redirects lead to the proxies.
 * @param holdMs delay of every reply, ms
 */
export async function slowProxies(
  urls: Readonly<Record<string, string>>,
  holdMs: number,
): Promise<SlowProxies> {
  const ports = new Map<string, string>()
  const swap = (bytes: Buffer, to: 'near' | 'far'): Buffer => {
    let text = bytes.toString('latin1')
    for (const [far, near] of ports) {
      text = to === 'near' ? text.replaceAll(`:${far}`, `:${near}`) : text.replaceAll(`:${near}`, `:${far}`)
    }
    return Buffer.from(text, 'latin1')
  }
  const servers = await Promise.all(
    Object.values(urls).map(async (url) => {
      const { hostname, port } = new URL(url)
      const server = createServer((near) => {
        const far = connect(Number(port), hostname)
        near.on('data', (bytes: Buffer) => far.write(swap(bytes, 'far')))
        near.on('close', () => far.destroy())
        near.on('error', () => far.destroy())
        far.on('data', (bytes: Buffer) => setTimeout(() => near.write(swap(bytes, 'near')), holdMs))
        far.on('close', () => setTimeout(() => near.destroy(), holdMs))
        far.on('error', () => near.destroy())
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      ports.set(port, String(portOf(server)))
      return server
    }),
  )
  const moved = Object.entries(urls).map(([key, url]) => {
    const { port } = new URL(url)
    return [key, url.replace(`:${port}`, `:${ports.get(port) ?? ''}`)] as const
  })
  return {
    urls: Object.fromEntries(moved),
    stop: () => {
      for (const server of servers) server.close()
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}
