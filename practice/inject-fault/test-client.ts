import { onTestFinished } from 'vitest'
import { json } from '../exchange.ts'
import type { Fault } from '../faults.ts'
import { PracticeServer } from '../practice-server.ts'

export const REAL_BODY = JSON.stringify({ token: 'real' })

/** Starts a server with one route and one planned fault. */
export async function withFault(fault: Fault) {
  const refuse = (status: number, message: string) => json(status, { message })
  const server = new PracticeServer({ now: Date.now, refuse })
  onTestFinished(() => server.stop())
  const seen = { processed: 0 }
  const url = await server.listen('api', {
    'POST /login': () => {
      seen.processed += 1
      return json(200, { token: 'real' })
    },
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
