import { expect, test } from 'vitest'
import { postJson } from './test-client.ts'
import { withFault } from './inject-fault/test-client.ts'

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

test('an echo of what was sent as JSON and in headers', async () => {
  const { url } = await withFault({ kind: 'echo' })
  const body = JSON.stringify({ data: { inputText: 'an encoded PIN' } })
  const text = await (await postJson(`${url}/login`, body, { sid: 'a sid', Auth: 'a token' })).text()
  for (const sent of ['an encoded PIN', 'a sid', 'a token']) expect(text).toContain(sent)
  expect(text).not.toContain(new URL(url).host)
})

test('JSON of the test’s own', async () => {
  const { send, seen } = await withFault({ kind: 'json', status: 418, value: { code: 'T' } })
  const response = await send()
  expect([response.status, await response.json()]).toEqual([418, { code: 'T' }])
  expect(seen.processed).toBe(0)
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
