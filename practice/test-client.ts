import { generateSync } from 'otplib'
import { expect, onTestFinished } from 'vitest'
import type { PracticeBroker, PracticeControls } from './practice-broker.ts'

/** Monday 08:30 in India, in epoch milliseconds. */
export const MONDAY_MORNING = Date.UTC(2026, 0, 5, 3, 0, 0)

export type Texts = Readonly<Record<string, string>>

type WithSecret = { readonly credentials: { readonly totp_secret: string } }

/** Stops a practice broker when the test ends. */
export async function stopAfterTest<Broker extends Pick<PracticeBroker, 'stop'>>(
  starting: Promise<Broker>,
): Promise<Broker> {
  const broker = await starting
  onTestFinished(() => broker.stop())
  return broker
}

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function onMondayMorning<Broker extends PracticeBroker>(
  start: (now: () => number) => Promise<Broker>,
) {
  const clock = { ms: MONDAY_MORNING }
  const broker = await stopAfterTest(start(() => clock.ms))
  return { broker, clock }
}

/** Returns the code of a moment in epoch milliseconds. */
export function codeAt({ credentials }: WithSecret, ms: number): string {
  return generateSync({ secret: credentials.totp_secret, epoch: ms / 1000 })
}

/** Returns a code that is wrong at every moment near the given one. */
export function wrongCode(broker: WithSecret, ms: number): string {
  const near = [-1, 0, 1].map((step) => codeAt(broker, ms + step * 30_000))
  return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? ''
}

/** Holds a browser's cookies by name, without paths and dates. */
export class Cookies extends Map<string, string> {
  /** Returns the header that sends the cookies; empty without cookies. */
  get header(): { readonly cookie?: string } {
    const cookie = [...this].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookie === '' ? {} : { cookie }
  }

  /** Stores the cookies that a reply sets. */
  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.set(name, value)
    }
  }
}

/** Posts a body as JSON, unless the headers name another type. */
export function postJson(url: string, body: string, headers: Texts = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

/** Returns the target of a redirect. */
export function location(response: Response): string {
  return response.headers.get('location') ?? ''
}

/** Returns the first field of this name in a JSON text, at any depth. */
export function fieldIn(json: string, name: string): string {
  return new RegExp(`"${name}":"([^"]*)"`).exec(json)?.[1] ?? ''
}

/** Asserts the status of a reply and that its body contains `body`. */
export async function expectReply(reply: Promise<Response>, status: number, body: object): Promise<void> {
  const response = await reply
  const received: unknown = await response.json()
  expect({ status: response.status, body: received }).toMatchObject({ status, body })
}

/** Returns every request of a practice broker so far, each as `'api POST /login'`. */
export function asked({ requests }: Pick<PracticeControls, 'requests'>): string[] {
  return requests.map(({ listener, method, path }) => `${listener} ${method} ${path}`)
}
