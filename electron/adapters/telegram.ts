import type { Keychain } from '../core/ports.ts'
import type { Notifier, Notice } from '../core/state/notice.ts'
import { isTelegramToken, channelKeys } from '../core/schedule/notification-channels.ts'
import { postJson, type PostDeps } from './post-json.ts'

const TELEGRAM = 'https://api.telegram.org'

export interface TelegramDeps extends PostDeps {
  readonly keychain: Keychain
  /** Whether the user has turned it on; while off, the keychain is not read. */
  readonly isOn: () => boolean
  /** Replaces Telegram's own address, in tests. */
  readonly base?: string
}

/** Sends notices as messages from the user's bot: https://core.telegram.org/bots/api#sendmessage */
export class Telegram implements Notifier {
  readonly #deps: TelegramDeps

  constructor(deps: TelegramDeps) {
    this.#deps = deps
  }

  /** @throws Error whose message does not hold the token */
  async notify({ title, body }: Notice): Promise<void> {
    const { base = TELEGRAM, isOn, keychain } = this.#deps
    if (!isOn()) return
    const token = (await keychain.get(channelKeys.telegramToken))?.reveal() ?? ''
    const chat = (await keychain.get(channelKeys.telegramChat))?.reveal() ?? ''
    if (!isTelegramToken(token) || chat === '') {
      throw new Error('The Telegram bot’s token and chat are not stored.')
    }
    const url = new URL(`/bot${token}/sendMessage`, base)
    await postJson(url, { chat_id: chat, text: `${title}\n${body}` }, 'Telegram', this.#deps)
  }
}
