import { expect, test } from 'vitest'
import { REAL_BODY, withFault } from './test-client.ts'

function readerOf(response: Response) {
  if (response.body === null) throw new Error('The reply has no body')
  return response.body.getReader()
}

/** Reads chunks of any size until `bytes` bytes have arrived. */
async function readBytes(reader: ReturnType<typeof readerOf>, bytes: number): Promise<string> {
  let text = ''
  while (text.length < bytes) {
    const { value, done } = await reader.read()
    if (done) break
    text += new TextDecoder().decode(value)
  }
  return text
}

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
