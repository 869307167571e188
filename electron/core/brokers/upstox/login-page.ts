import { sha256Hex } from '../../sha256.ts'
import { withPath } from '../kit/replies.ts'
import type { LoginContext } from '../broker.ts'
import type { HttpReply } from '../../ports.ts'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * Makes the calls of Upstox's login page to service.upstox.com, with the headers of that page. They are undocumented;
 * https://github.com/batpool/upstox-totp and other programs show them. The headers name TokenTray, not a browser.
 */
export class LoginPage {
  /** The same id for all calls of a login. */
  readonly requestId = newRequestId()
  readonly #context: LoginContext
  readonly #headers: Readonly<Record<string, string>>

  constructor(context: LoginContext) {
    this.#context = context
    const { origin } = context.endpoint('login')
    this.#headers = {
      origin,
      referer: `${origin}/`,
      'x-request-id': this.requestId,
      'x-device-details': deviceDetails(context.setting('username')),
    }
  }

  /** Posts `data` in the page's envelope. */
  post(
    path: string,
    data: unknown,
    query: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HttpReply> {
    return this.#context.http.send({
      method: 'POST',
      url: withPath(this.#context.endpoint('service'), path, query),
      headers: { ...this.#headers, ...headers },
      json: { data },
    })
  }
}

function newRequestId(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
    LETTERS_AND_DIGITS.charAt(byte % LETTERS_AND_DIGITS.length),
  )
  return `WPRO-${letters.join('')}`
}

/** Returns the same device id for a user at every login, because the page keeps its id as well. */
function deviceDetails(username: string): string {
  const uuid = sha256Hex(`TokenTray ${username}`).slice(0, 20)
  return [
    'platform=WEB',
    'osName=TokenTray',
    'osVersion=TokenTray',
    'appVersion=4.0.0',
    'modelName=TokenTray',
    'manufacturer=unknown',
    `uuid=${uuid}`,
    'userAgent=Upstox 3.0 TokenTray',
  ].join('|')
}
