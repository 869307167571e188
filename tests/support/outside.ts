import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

/** Runs a web server on this computer that answers everything, for pages that must not reach it. `/away` redirects. */
export class Outside {
  readonly url: string
  /** The requests so far, as `GET /path`. */
  readonly requests: string[]
  readonly #server: Server

  private constructor(url: string, requests: string[], server: Server) {
    this.url = url
    this.requests = requests
    this.#server = server
  }

  static async start(): Promise<Outside> {
    const requests: string[] = []
    const server = createServer((request, response) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
      response.setHeader('access-control-allow-origin', '*')
      if (request.url === '/away') response.writeHead(302, { location: '/landed' })
      response.end('welcome')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    return new Outside(`http://127.0.0.1:${String(address.port)}`, requests, server)
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
