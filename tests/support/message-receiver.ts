import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'

/** Runs a web server on this computer that receives messages. */
export class MessageReceiver {
  /** The address of the receiver; its path is as secret as that of a chat's webhook. */
  readonly url: string
  /** The received bodies, oldest first. */
  readonly bodies: string[]
  readonly #server: Server

  private constructor(url: string, bodies: string[], server: Server) {
    this.url = url
    this.bodies = bodies
    this.#server = server
  }

  /** @param status of every reply */
  static async start(status: number): Promise<MessageReceiver> {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(body)
        response.writeHead(status).end()
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    return new MessageReceiver(`http://127.0.0.1:${String(address.port)}/hooks/unspoken`, bodies, server)
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
