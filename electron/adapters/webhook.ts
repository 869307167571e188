import { isSafeAddress } from '../core/address.ts'
import type { Keychain } from '../core/ports.ts'
import type { Notifier, Notice } from '../core/state/notice.ts'
import { channelKeys } from '../core/schedule/notification-channels.ts'
import { postJson, type PostDeps } from './post-json.ts'

export interface WebhookDeps extends PostDeps {
  readonly keychain: Keychain
  /** Whether the user has turned it on; while off, the keychain is not read. */
  readonly isOn: () => boolean
}

/** Posts notices as JSON to the user's address, with a `text` as chat services expect it. */
export class Webhook implements Notifier {
  readonly #deps: WebhookDeps

  constructor(deps: WebhookDeps) {
    this.#deps = deps
  }

  /** @throws Error whose message does not hold the address, because that is a secret */
  async notify({ kind, title, body, account }: Notice): Promise<void> {
    if (!this.#deps.isOn()) return
    const address = (await this.#deps.keychain.get(channelKeys.webhookUrl))?.reveal() ?? ''
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null || !isSafeAddress(url)) throw new Error('The webhook’s address is not stored.')
    await postJson(url, { text: `${title}\n${body}`, kind, title, body, account }, 'The webhook', this.#deps)
  }
}
