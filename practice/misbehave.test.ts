import { expect, onTestFinished, test } from 'vitest'
import { json, redirect } from './exchange.ts'
import type { Fault } from './faults.ts'
import { PracticeServer } from './practice-server.ts'

const REAL_BODY = JSON.stringify({ token: 'real' })

async function withFault(fault: Fault) {
  const refuse = (status: number, message: string) => json(status, { message })
  const server = new PracticeServer({ now: Date.now, refuse })
  onTestFinished(() => server.stop())
  const seen = { processed: 0 }
  const url = await server.listen('api', {
    'POST /login': () => {
      seen.processed += 1
      return json(200, { token: 'real' })
    },
    'GET /away': () => redirect('/login'),
  })
  server.fault({ at: 'POST /login', ...fault })
  const send = () =>
    fetch(`${url}/login?step=1`, {
      method: 'POST',
      body: new URLSearchParams({ password: 'a secret & more', code: '012345' }),
      headers: { authorization: 'token a:b', cookie: 'c=d' },
      redirect: 'manual',
    })
  return { server, url, seen, send }
}

function readerOf(response: Response) {
  if (response.body === null) throw new Error('The reply has no body')
  return response.body.getReader()
}

/** Reads chunks until so many bytes have come, however they are cut. */
async function readBytes(reader: ReturnType<typeof readerOf>, bytes: number): Promise<string> {
  let text = ''
  while (text.length < bytes) {
    const { value, done } = await reader.read()
    if (done) break
    text += new TextDecoder().decode(value)
  }
  return text
}

test.each([200, 403] as const)('an HTML wall with status %i', async (status) => {
  const { send, seen } = await withFault({ kind: 'html-wall', status })
  const response = await send()
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toMatch('text/html')
  expect(await response.text()).toMatch('Verify you are human')
  expect(seen.processed).toBe(0)
})

test.each([429, 502, 503, 504])('status %i with the envelope', async (status) => {
  const { send, seen } = await withFault({ kind: 'status', status })
  const response = await send()
  expect(response.status).toBe(status)
  expect(response.headers.get('retry-after')).toBeNull()
  expect(await response.json()).toHaveProperty('message')
  expect(seen.processed).toBe(0)
})

test('status 429 with Retry-After, and 503 with HTML', async () => {
  const limited = await withFault({ kind: 'status', status: 429, retryAfter: '30' })
  expect((await limited.send()).headers.get('retry-after')).toBe('30')
  const down = await withFault({ kind: 'status', status: 503, body: 'html' })
  const response = await down.send()
  expect(response.status).toBe(503)
  expect(await response.text()).toMatch('<h1>503</h1>')
})

test('an error under HTTP 200', async () => {
  const { send, seen } = await withFault({ kind: 'error-200', message: 'No.' })
  const response = await send()
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ message: 'No.' })
  expect(seen.processed).toBe(0)
})

test('an echo of everything that was sent', async () => {
  const { send } = await withFault({ kind: 'echo' })
  const text = await (await send()).text()
  for (const sent of ['a secret & more', '012345', 'token a:b', 'c=d', ' 1 ']) expect(text).toContain(sent)
})

test('a hostile message', async () => {
  const { send } = await withFault({ kind: 'hostile-message' })
  const reply: unknown = await (await send()).json()
  expect(reply).toEqual({ message: expect.toSatisfy((message: string) => message.length === 10_000) })
  for (const part of ['\0', '\u001b[31m', '\r\n', '\u202e', '<script>', 'שלום']) {
    expect(reply).toEqual({ message: expect.stringContaining(part) })
  }
})

test('a redirect elsewhere, and one to itself', async () => {
  const away = await withFault({ kind: 'redirect', location: 'https://example.com/?a=b' })
  const response = await away.send()
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('https://example.com/?a=b')
  const round = await withFault({ kind: 'redirect-loop' })
  expect((await round.send()).headers.get('location')).toBe(`${round.url}/login?step=1`)
  expect(round.seen.processed).toBe(0)
})

test('truncated: half a body that looks complete', async () => {
  const { send, seen } = await withFault({ kind: 'truncated' })
  const text = await (await send()).text()
  expect(text).toBe(REAL_BODY.slice(0, REAL_BODY.length / 2))
  expect(() => void JSON.parse(text)).toThrow()
  expect(seen.processed).toBe(1)
})

test('cut mid-body: the connection ends before the body does', async () => {
  const { send, seen } = await withFault({ kind: 'cut-mid-body' })
  const response = await send()
  expect(response.headers.get('content-length')).toBe(String(REAL_BODY.length))
  await expect(response.text()).rejects.toThrow()
  expect(seen.processed).toBe(1)
})

test('stall: half a body, then nothing until the broker stops', async () => {
  const { send, seen, server } = await withFault({ kind: 'stall' })
  const response = await send()
  expect(response.headers.get('content-length')).toBe(String(REAL_BODY.length))
  const reader = readerOf(response)
  expect(await readBytes(reader, REAL_BODY.length / 2)).toBe(REAL_BODY.slice(0, REAL_BODY.length / 2))
  expect(seen.processed).toBe(1)
  await Promise.all([expect(reader.read()).rejects.toThrow(), server.stop()])
})

test('the real reply under a wrong content type', async () => {
  const { send, seen } = await withFault({ kind: 'wrong-content-type' })
  const response = await send()
  expect(response.headers.get('content-type')).toBe('text/html')
  expect(await response.text()).toBe(REAL_BODY)
  expect(seen.processed).toBe(1)
})

test('oversized: the real reply in more than 10 MB', async () => {
  const { send } = await withFault({ kind: 'oversized' })
  const text = await (await send()).text()
  expect(text.length).toBeGreaterThan(10 * 1024 * 1024)
  expect(JSON.parse(text)).toEqual({ token: 'real' })
})

test.each([
  ['reset', 0],
  ['reset-after-processing', 1],
] as const)('%s', async (kind, processed) => {
  const { send, seen } = await withFault({ kind })
  await expect(send()).rejects.toThrow()
  expect(seen.processed).toBe(processed)
  expect((await send()).status).toBe(200)
})

test.each([
  ['hang', 0],
  ['hang-after-processing', 1],
] as const)('%s: nothing comes until the broker stops', async (kind, processed) => {
  const { send, seen, server } = await withFault({ kind })
  const reply = send()
  await server.waitFor('POST /login')
  expect(seen.processed).toBe(processed)
  await Promise.all([expect(reply).rejects.toThrow(), server.stop()])
})

test('trickle: byte after byte', async () => {
  const { send } = await withFault({ kind: 'trickle' })
  expect(await readBytes(readerOf(await send()), 3)).toMatch(/^ {3,}$/)
})

test('endless: more than any limit', async () => {
  const { send } = await withFault({ kind: 'endless' })
  const response = await send()
  expect(response.headers.get('content-length')).toBeNull()
  expect((await readBytes(readerOf(response), 12_000_000)).length).toBeGreaterThan(11_999_999)
})
