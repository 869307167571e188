import { generateSync } from 'otplib'
import { expect, onTestFinished } from 'vitest'
import type { PracticeBroker, PracticeControls } from './practice-broker.ts'

/** Half past eight in the morning in India, a Monday; epoch milliseconds. */
export const MONDAY_MORNING = Date.UTC(2026, 0, 5, 3, 0, 0)

export type Texts = Readonly<Record<string, string>>

type WithSecret = { readonly credentials: { readonly totp_secret: string } }

/** Has a practice broker stop when the test ends. */
export async function forThisTest<Broker extends Pick<PracticeBroker, 'stop'>>(
  starting: Promise<Broker>,
): Promise<Broker> {
  const broker = await starting
  onTestFinished(() => broker.stop())
  return broker
}

/** A practice broker for one test, with a clock that stands still until it is set. */
export async function onMondayMorning<Broker extends PracticeBroker>(
  start: (now: () => number) => Promise<Broker>,
) {
  const clock = { ms: MONDAY_MORNING }
  const broker = await forThisTest(start(() => clock.ms))
  return { broker, clock }
}

/** The code for a moment in epoch milliseconds. */
export function codeAt({ credentials }: WithSecret, ms: number): string {
  return generateSync({ secret: credentials.totp_secret, epoch: ms / 1000 })
}

/** A code that is right at no moment near the given one. */
export function wrongCode(broker: WithSecret, ms: number): string {
  const near = [-1, 0, 1].map((step) => codeAt(broker, ms + step * 30_000))
  return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? ''
}

/** A browser's cookies by name, without their paths and dates. */
export class Cookies extends Map<string, string> {
  /** The header to send them in; none when there are no cookies. */
  get header(): { readonly cookie?: string } {
    const cookie = [...this].map(([name, value]) => `${name}=${value}`).join('; ')
    return cookie === '' ? {} : { cookie }
  }

  /** Takes what a reply sets. */
  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.set(name, value)
    }
  }
}

/** Posts a body as JSON, or as what the headers say. */
export function postJson(url: string, body: string, headers: Texts = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

/** Where a redirect leads. */
export function location(response: Response): string {
  return response.headers.get('location') ?? ''
}

/** The first field of this name in JSON, whatever is around it. */
export function fieldIn(json: string, name: string): string {
  return new RegExp(`"${name}":"([^"]*)"`).exec(json)?.[1] ?? ''
}

/** The status and, among what else it holds, the body of a reply. */
export async function expectReply(reply: Promise<Response>, status: number, body: object): Promise<void> {
  const response = await reply
  const received: unknown = await response.json()
  expect({ status: response.status, body: received }).toMatchObject({ status, body })
}

/** What a practice broker was asked so far, each as `'api POST /login'`. */
export function asked({ requests }: Pick<PracticeControls, 'requests'>): string[] {
  return requests.map(({ listener, method, path }) => `${listener} ${method} ${path}`)
}
