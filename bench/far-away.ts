import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** Stands before a server on this computer and holds back all that it sends. */
export interface FarAway {
  /** Where it is reached: `http://127.0.0.1:PORT`. */
  readonly url: string
  stop(): void
}

/** @param holdMs how long what the server sends is held back, ms */
export async function farAway(url: string, holdMs: number): Promise<FarAway> {
  const { hostname, port } = new URL(url)
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.pipe(far)
    far.on('data', (bytes) => setTimeout(() => near.write(bytes), holdMs))
    far.on('end', () => setTimeout(() => near.end(), holdMs))
    for (const [socket, other] of pairs(near, far)) {
      socket.on('error', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${portOf(server)}`, stop: () => void server.close() }
}

const pairs = (a: Socket, b: Socket): readonly (readonly [Socket, Socket])[] => [
  [a, b],
  [b, a],
]

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}
