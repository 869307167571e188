import type { HttpReply, HttpRequest, OpenHttpSession } from '../../electron/core/ports.ts'

/** A sent or received value, with its name in the query, form, cookie, header or JSON. */
interface Heard {
  readonly name: string
  readonly value: string
}

/** Records everything that is sent and received over `open`. */
export class Wiretap {
  readonly heard: Heard[] = []
  readonly #open: OpenHttpSession

  constructor(open: OpenHttpSession) {
    this.#open = open
  }

  readonly openHttp: OpenHttpSession = (options) => {
    const session = this.#open(options)
    return {
      prepare: (target) => session.prepare(target),
      send: async (request) => {
        this.#hearRequest(request)
        const reply = await session.send(request)
        this.#hearReply(reply, request.url)
        return reply
      },
    }
  }

  /** Returns every value recorded under a name. */
  values(name: string): string[] {
    return this.heard.filter((heard) => heard.name === name).map(({ value }) => value)
  }

  #hearRequest({ url, form = {}, headers = {} }: HttpRequest): void {
    this.#hearAddress(url)
    for (const [name, value] of Object.entries({ ...form, ...headers })) this.heard.push({ name, value })
  }

  #hearReply({ headers, body }: HttpReply, from: URL): void {
    const location = headers.get('location')
    if (location !== null) this.#hearAddress(new URL(location, from))
    const cookies = headers.getSetCookie().map((line) => /^([^=]+)=([^;]*)/.exec(line))
    const fields = [...body.matchAll(/"([^"]+)":"([^"]+)"/g)]
    for (const [, name = '', value = ''] of [...cookies.filter((cookie) => cookie !== null), ...fields]) {
      this.heard.push({ name, value })
    }
  }

  #hearAddress(url: URL): void {
    this.heard.push({ name: 'path', value: url.pathname }, { name: 'query', value: url.search })
    for (const [name, value] of url.searchParams) this.heard.push({ name, value })
  }
}
