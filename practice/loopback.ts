import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'

const HOST = '127.0.0.1'

/** A server on 127.0.0.1. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string
  /** Frees the port and drops every open connection at once. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1, so that no other machine can reach the server.
 * @param wantedPort 0 for any free port. A free port replaces a taken one.
 */
export async function listenOnLoopback(handler: RequestListener, wantedPort = 0): Promise<LoopbackServer> {
  const server = createServer(handler)
  try {
    await listen(server, wantedPort)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    await listen(server, 0)
  }
  return { url: urlOf(server), close: () => close(server) }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, HOST)
  await once(server, 'listening')
}

function urlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server is not on a TCP port')
  return `http://${HOST}:${address.port}`
}

async function close(server: Server): Promise<void> {
  // A server that does not listen never emits 'close', so waiting for it would never end.
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
