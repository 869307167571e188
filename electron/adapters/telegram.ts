import type { Keychain, Notifier } from '../core/ports.ts'
import type { Notice } from '../core/schedule/notice.ts'
import { isTelegramToken, outgoingKeys } from '../core/schedule/outgoing.ts'
import { postJson, type PostDeps } from './post-json.ts'

const TELEGRAM = 'https://api.telegram.org'

export interface TelegramParts extends PostDeps {
  readonly keychain: Keychain
  /** Whether the user has turned it on: while not, the keychain is not asked for its token. */
  readonly isOn: () => boolean
  /** Telegram's own address unless said otherwise. */
  readonly base?: string
}

/** Sends notices as messages of the user's own bot: https://core.telegram.org/bots/api#sendmessage */
export class Telegram implements Notifier {
  readonly #parts: TelegramParts

  constructor(parts: TelegramParts) {
    this.#parts = parts
  }

  /** @throws Error without the token */
  async notify({ title, body }: Notice): Promise<void> {
    const { base = TELEGRAM, isOn, keychain } = this.#parts
    if (!isOn()) return
    const token = (await keychain.get(outgoingKeys.telegramToken))?.reveal() ?? ''
    const chat = (await keychain.get(outgoingKeys.telegramChat))?.reveal() ?? ''
    if (!isTelegramToken(token) || chat === '') {
      throw new Error('The Telegram bot’s token and chat are not stored.')
    }
    const url = new URL(`/bot${token}/sendMessage`, base)
    await postJson(url, { chat_id: chat, text: `${title}\n${body}` }, 'Telegram', this.#parts)
  }
}
