import type { ServerResponse } from 'node:http'
import { everythingSent } from './inject-fault/everything-sent.ts'
import { html, json, redirect, send, type PracticeRequest, type Reply } from './exchange.ts'
import type { Fault } from './faults.ts'

/** Holds what a fault needs of a request. */
export interface Scene {
  readonly request: PracticeRequest
  readonly response: ServerResponse
  /** Processes the request normally. */
  readonly answer: () => Reply
  /** Wraps a message in the broker's own error envelope. */
  readonly refuse: (status: number, message: string) => Reply
}

/** A text in JSON that looks like a key; addresses, sentences and names of fields don't. */
const KEY = /"([^"\\\s:/]{16,})"(?!\s*:)/g

const OVERSIZE_BYTES = 11_000_000
const CHUNK_BYTES = 64 * 1024
const TRICKLE_MS = 20
const JSON_TYPE = { 'content-type': 'application/json' }

const WALL =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>' +
  '<h1>Verify you are human</h1><form id="challenge-form"></form></body></html>'

const HOSTILE_MESSAGE =
  '\u0000\u0007\u001b[31m\r\n\u202Eegnahc\u202C <script>alert(1)</script><img src=x onerror=alert(1)> שלום '
    .repeat(200)
    .slice(0, 10_000)

/** Answers a request as the fault demands. */
export function injectFault(fault: Fault, scene: Scene): void {
  const { request, response, answer, refuse } = scene
  switch (fault.kind) {
    case 'html-wall':
      send(response, html(fault.status, WALL, { server: 'cloudflare', 'cf-mitigated': 'challenge' }))
      break
    case 'status': {
      const reply =
        fault.body === 'html'
          ? html(fault.status, `<html><body><h1>${fault.status}</h1></body></html>`)
          : refuse(fault.status, 'The service is not available right now.')
      const retry = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
      send(response, { ...reply, headers: { ...reply.headers, ...retry } })
      break
    }
    case 'error-200':
      send(response, { ...refuse(500, fault.message ?? 'Something went wrong.'), status: 200 })
      break
    case 'echo':
      send(response, refuse(400, `Could not understand: ${everythingSent(request).join(' ')}`))
      break
    case 'json':
      send(response, json(fault.status, fault.value))
      break
    case 'hostile-message':
      send(response, refuse(400, HOSTILE_MESSAGE))
      break
    case 'redirect':
      send(response, redirect(fault.location))
      break
    case 'redirect-loop':
      send(response, redirect(request.url.href))
      break
    case 'truncated': {
      const reply = answer()
      send(response, { ...reply, body: firstHalf(reply) })
      break
    }
    case 'cut-mid-body':
      sendFirstHalf(response, answer(), () => response.destroy())
      break
    case 'stall':
      sendFirstHalf(response, answer())
      break
    case 'wrong-content-type': {
      const reply = answer()
      send(response, { ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } })
      break
    }
    case 'unsendable-token': {
      const reply = answer()
      send(response, { ...reply, body: reply.body.replaceAll(KEY, `"$1\\r\\n\\u001b[2J"`) })
      break
    }
    case 'oversized': {
      const reply = answer()
      send(response, { ...reply, body: reply.body + ' '.repeat(OVERSIZE_BYTES) })
      break
    }
    case 'reset-after-processing':
      answer()
      response.socket?.resetAndDestroy()
      break
    case 'reset':
      response.socket?.resetAndDestroy()
      break
    case 'hang-after-processing':
      answer()
      break
    case 'hang':
      break
    case 'trickle':
      trickle(response)
      break
    case 'endless':
      pourForEver(response)
      break
  }
}

function firstHalf(reply: Reply): string {
  return reply.body.slice(0, Math.ceil(reply.body.length / 2))
}

function sendFirstHalf(response: ServerResponse, reply: Reply, afterwards?: () => void): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
  response.write(firstHalf(reply), afterwards)
}

function trickle(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE)
  const drip = setInterval(() => response.write(' '), TRICKLE_MS)
  response.on('close', () => {
    clearInterval(drip)
  })
}

function pourForEver(response: ServerResponse): void {
  response.writeHead(200, JSON_TYPE)
  // Waiting for 'drain' keeps the memory used here at one chunk, for a client of any speed.
  const pour = () => response.write(' '.repeat(CHUNK_BYTES))
  response.on('drain', pour)
  pour()
}
