import { onMondayMorning } from '../by-hand.ts'
import { LoginByHand } from '../kite-connect/by-hand.ts'
import { startKiteWeb, type KiteWebOptions } from '../kite-web.ts'

/** A practice broker for one test, with a clock that stands still until it is set. */
export async function practise(options: Omit<KiteWebOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startKiteWeb({ ...options, now }))
  return { broker, clock, hand: new ByHand(broker) }
}

/** For tests, a browser at the practice Kite. */
export class ByHand extends LoginByHand {
  /** Signs in and resolves with the enctoken. */
  async enctoken(): Promise<string> {
    const response = await this.twofa(await this.requestId())
    if (!response.ok) throw new Error(`Could not sign in: ${await response.text()}`)
    return this.cookies.get('enctoken') ?? ''
  }

  /** Asks below `/oms`, with an enctoken and nothing else: a script has no cookies. */
  oms(path: string, enctoken: string): Promise<Response> {
    return new ByHand(this.page).web(`/oms${path}`, { headers: { authorization: `enctoken ${enctoken}` } })
  }
}
