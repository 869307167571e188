import { request as rawRequest } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { formOf, json } from './exchange.ts'
import { PracticeServer, type PracticeServerOptions } from './practice-server.ts'

const NOON = Date.UTC(2026, 0, 5, 12)

async function serve(options: Partial<PracticeServerOptions> = {}) {
  const refuse = (status: number, message: string) => json(status, { message })
  const server = new PracticeServer({ now: () => NOON, refuse, ...options })
  onTestFinished(() => server.stop())
  const here = await server.listen('here', {
    'GET /hello': () => json(200, 'hello'),
    'POST /echo': (request) => json(200, formOf(request)?.get('word') ?? 'no form'),
  })
  const there = await server.listen('there', { 'GET /other': () => json(200, 'other') })
  return { server, here, there }
}

test('a route answers on its own listener only', async () => {
  const { here, there } = await serve()
  expect(await (await fetch(`${here}/hello`)).json()).toBe('hello')
  for (const url of [`${there}/hello`, `${here}/other`, `${here}/toString`]) {
    const response = await fetch(url)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ message: 'Route not found' })
  }
  expect((await fetch(`${here}/hello`, { method: 'POST' })).status).toBe(404)
})

test('only a body that is said to be a form is read as one', async () => {
  const { here } = await serve()
  const send = async (type: string): Promise<unknown> => {
    const init = { method: 'POST', headers: { 'content-type': type }, body: 'word=a%20b' }
    return (await fetch(`${here}/echo`, init)).json()
  }
  expect(await send('application/x-www-form-urlencoded')).toBe('a b')
  expect(await send('Application/X-WWW-Form-Urlencoded; charset=UTF-8')).toBe('a b')
  expect(await send('application/json')).toBe('no form')
  expect(await send('text/plain')).toBe('no form')
})

test('the log tells what was asked, without a query, a body or a header value', async () => {
  const { server, here } = await serve()
  await fetch(`${here}/hello?secret=1`, { headers: { 'x-secret': '1' } })
  expect(server.requests).toMatchObject([{ at: NOON, listener: 'here', method: 'GET', path: '/hello' }])
  expect(server.requests[0]?.headerNames).toContain('x-secret')
})

test('a body beyond 64 KiB is refused', async () => {
  const { here } = await serve()
  const post = (size: number) =>
    fetch(`${here}/echo`, { method: 'POST', body: new URLSearchParams({ word: 'a'.repeat(size) }) })
  expect((await post(64 * 1024 - 5)).status).toBe(200)
  expect((await post(64 * 1024)).status).toBe(400)
})

test('a request that is cut off or makes no sense is not processed, and the server lives on', async () => {
  const { server, here } = await serve()
  const { port } = new URL(here)
  await new Promise((resolve) => {
    const headers = { 'content-length': 100 }
    const cut = rawRequest({ port, host: '127.0.0.1', method: 'POST', path: '/echo', headers })
    cut.on('error', resolve).write('half', () => cut.destroy())
  })
  await new Promise((resolve) => {
    rawRequest({ port, host: '127.0.0.1', path: '//[' }, resolve).end()
  })
  expect(server.requests).toEqual([])
  expect((await fetch(`${here}/hello`)).status).toBe(200)
})

test('the Date header follows the given clock and offset', async () => {
  const ahead = await serve({ dateHeaderOffsetMs: 90_000 })
  const response = await fetch(`${ahead.here}/hello`)
  expect(response.headers.get('date')).toBe('Mon, 05 Jan 2026 12:01:30 GMT')
})

test('waiting ends with the wanted number of requests, also when they came before', async () => {
  const { server, here } = await serve()
  const second = server.waitFor('GET /hello', 2)
  let isOver = false
  void second.then(() => {
    isOver = true
  })
  await fetch(`${here}/hello`)
  await server.waitFor('GET /hello')
  expect(isOver).toBe(false)
  await fetch(`${here}/hello`)
  await second
})

test('faults of one route queue up, last as often as planned, and leave other routes alone', async () => {
  const { server, here } = await serve()
  server.fault({ at: 'GET /hello', kind: 'status', status: 502, times: 2 })
  server.fault({ at: 'GET /hello', kind: 'status', status: 504 })
  const statuses: number[] = []
  for (let count = 0; count < 4; count += 1) statuses.push((await fetch(`${here}/hello`)).status)
  expect(statuses).toEqual([502, 502, 504, 200])
  expect((await fetch(`${here}/echo`, { method: 'POST' })).status).toBe(200)
})

test('a fault or a wait for a route that does not exist is an error of the test', async () => {
  const { server } = await serve()
  expect(() => server.fault({ at: 'GET /helo', kind: 'hang' })).toThrow('There are: GET /hello')
  expect(() => server.waitFor('POST /hello')).toThrow('No such route')
})
