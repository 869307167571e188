import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'

/** Servers on this computer as they would be met far away: at addresses of their own, and slower. */
export interface FarAway {
  /** Where they are reached, by the keys of those that were given. */
  readonly urls: Readonly<Record<string, string>>
  stop(): void
}

/**
 * Stands before servers and holds back all that they send. Where they name each other's ports, those that stand
 * before them are named instead: a redirect leads back to here.
 * @param holdMs how long what a server sends is held back, ms
 */
export async function farAway(urls: Readonly<Record<string, string>>, holdMs: number): Promise<FarAway> {
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
