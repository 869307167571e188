import { onMondayMorning } from '../test-client.ts'
import { LoginTestClient } from '../kite-connect/test-client.ts'
import { startKiteWeb, type KiteWebOptions } from '../kite-web.ts'

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function startForTest(options: Omit<KiteWebOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startKiteWeb({ ...options, now }))
  return { broker, clock, client: new TestClient(broker) }
}

/** Acts as a browser at the practice Kite. */
export class TestClient extends LoginTestClient {
  /** Signs in and resolves with the enctoken. */
  async enctoken(): Promise<string> {
    const response = await this.twofa(await this.requestId())
    if (!response.ok) throw new Error(`Could not sign in: ${await response.text()}`)
    return this.cookies.get('enctoken') ?? ''
  }

  /** Requests a path below `/oms` with an enctoken and without cookies, as a script does. */
  oms(path: string, enctoken: string): Promise<Response> {
    return new TestClient(this.page).web(`/oms${path}`, {
      headers: { authorization: `enctoken ${enctoken}` },
    })
  }
}
