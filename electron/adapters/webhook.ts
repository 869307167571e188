import { isSafeAddress } from '../core/address.ts'
import type { Keychain, Notifier } from '../core/ports.ts'
import type { Notice } from '../core/state/notice.ts'
import { channelKeys } from '../core/schedule/notification-channels.ts'
import { postJson, type PostDeps } from './post-json.ts'

export interface WebhookDeps extends PostDeps {
  readonly keychain: Keychain
  /** Whether the user has turned it on: while not, the keychain is not asked for its address. */
  readonly isOn: () => boolean
}

/** Posts notices to an address of the user's as JSON, its `text` as chat services read it. */
export class Webhook implements Notifier {
  readonly #deps: WebhookDeps

  constructor(deps: WebhookDeps) {
    this.#deps = deps
  }

  /** @throws Error without the address, which is a secret */
  async notify({ kind, title, body, account }: Notice): Promise<void> {
    if (!this.#deps.isOn()) return
    const address = (await this.#deps.keychain.get(channelKeys.webhookUrl))?.reveal() ?? ''
    const url = URL.canParse(address) ? new URL(address) : null
    if (url === null || !isSafeAddress(url)) throw new Error('The webhook’s address is not stored.')
    await postJson(url, { text: `${title}\n${body}`, kind, title, body, account }, 'The webhook', this.#deps)
  }
}
