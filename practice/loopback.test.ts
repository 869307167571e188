import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { listenOnLoopback } from './loopback.ts'

async function serve(wantedPort?: number) {
  const server = await listenOnLoopback((_, response) => response.end('here'), wantedPort)
  onTestFinished(() => server.close())
  return server
}

test('listens on 127.0.0.1, on a free port when none is wanted', async () => {
  const server = await serve()
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await (await fetch(server.url)).text()).toBe('here')
})

test('takes the wanted port once it is free again, and another while it is taken', async () => {
  const first = await serve()
  const port = Number(new URL(first.url).port)
  const second = await serve(port)
  expect(second.url).not.toBe(first.url)
  expect(await (await fetch(second.url)).text()).toBe('here')
  await first.close()
  expect((await serve(port)).url).toBe(first.url)
})

test('any other trouble with the wanted port is an error', async () => {
  await expect(serve(70_000)).rejects.toThrow('port')
})

test('closing drops a connection that hangs, frees the port, and may be repeated', async () => {
  const asked = new AbortController()
  const server = await listenOnLoopback(() => {
    asked.abort()
  })
  const reply = fetch(server.url)
  await once(asked.signal, 'abort')
  await Promise.all([expect(reply).rejects.toThrow(), server.close()])
  await server.close()
  const next = createServer().listen(Number(new URL(server.url).port), '127.0.0.1')
  await once(next, 'listening')
  next.close()
})
