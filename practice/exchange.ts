import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** Holds a completely read request. */
export interface PracticeRequest {
  readonly method: string
  /** Absolute, as the client sees it. */
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The address that the connection came from; absent without a connection. */
  readonly peer?: string
}

/** Holds a complete reply. Sending it adds the `Content-Length`. */
export interface Reply {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string
}

/** Answers a request synchronously, because a practice broker never waits. */
export type Handler = (request: PracticeRequest) => Reply

/** Handlers by route, such as `'POST /api/login'`. */
export type Routes = Readonly<Record<string, Handler>>

const LONGEST_BODY_BYTES = 64 * 1024

/**
 * Reads a request.
 * @returns undefined for an invalid URL, an incomplete body or a body over 64 KiB
 */
export async function readRequest(incoming: IncomingMessage): Promise<PracticeRequest | undefined> {
  const { method = '', url: target = '', headers } = incoming
  const base = `http://${headers.host ?? ''}`
  const body = await readBody(incoming)
  if (body === undefined || !URL.canParse(target, base)) return undefined
  const peer = incoming.socket.remoteAddress ?? ''
  return { method, url: new URL(target, base), headers, body, peer }
}

function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk)
      else resolve(undefined)
    })
    incoming.on('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'))
    })
    incoming.on('error', () => {
      resolve(undefined)
    })
  })
}

/**
 * Returns the value of a header, or an empty string.
 * @param name in lower case
 */
export function headerOf(request: PracticeRequest, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** Returns the fields of an `application/x-www-form-urlencoded` body; undefined for another content type. */
export function formOf(request: PracticeRequest): URLSearchParams | undefined {
  const isForm = mediaTypeOf(request) === 'application/x-www-form-urlencoded'
  return isForm ? new URLSearchParams(request.body) : undefined
}

/** Tells whether the content type is JSON. */
export function isJson(request: PracticeRequest): boolean {
  return mediaTypeOf(request) === 'application/json'
}

/** Returns the parsed JSON body; undefined for another content type or invalid JSON. */
export function jsonOf(request: PracticeRequest): unknown {
  if (!isJson(request)) return undefined
  try {
    return JSON.parse(request.body)
  } catch {
    return undefined
  }
}

function mediaTypeOf(request: PracticeRequest): string {
  const [mediaType = ''] = headerOf(request, 'content-type').split(';')
  return mediaType.trim().toLowerCase()
}

/** Returns the raw value of a cookie. */
export function cookieOf(request: PracticeRequest, name: string): string | undefined {
  const pairs = headerOf(request, 'cookie').split('; ')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** Sends a complete reply. */
export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.end(reply.body)
}

/** Returns a JSON reply. */
export function json(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  }
}

/** Returns an HTML page. */
export function html(status: number, body: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body }
}

/** Returns a 302 redirect to an absolute or relative location. */
export function redirect(location: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status: 302, headers: { location, ...headers }, body: '' }
}
