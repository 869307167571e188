import type { NotificationChannel } from '../../contract/settings.ts'
import { isSafeAddress } from '../address.ts'
import { InputError } from '../errors.ts'
import type { Keychain } from '../ports.ts'
import { Secret } from '../secret.ts'
import { hasLostLetter, LOST_LETTER } from '../text.ts'
import type { Notice } from '../state/notice.ts'
import type { OutgoingSettings } from '../state/schedule-settings.ts'

/** The keychain keys of the channels' addresses and tokens, which are secret, because they allow writing there. */
export const channelKeys = {
  webhookUrl: 'settings/webhook-url',
  telegramToken: 'settings/telegram-token',
  telegramChat: 'settings/telegram-chat',
} as const

/** Returns whether a text looks like a bot token, such as `123456:ABC-def`: https://core.telegram.org/bots/api */
export const isTelegramToken = (text: string): boolean => /^\d+:[\w-]+$/.test(text)

/**
 * Stores the address of a webhook.
 * @throws InputError for `webhook`, which does not repeat the address; LoginError for the keychain
 */
export async function keepWebhook(keychain: Keychain, typed: Secret): Promise<void> {
  const address = typed.reveal().trim()
  if (hasLostLetter(address)) throw new InputError({ webhook: LOST_LETTER })
  if (!URL.canParse(address) || !isSafeAddress(new URL(address))) {
    throw new InputError({ webhook: 'wants an address that begins with https://' })
  }
  await keychain.set(channelKeys.webhookUrl, new Secret(address))
}

/**
 * Stores the token of a Telegram bot and its chat.
 * @throws InputError for `token` or `chat`, which repeats neither; LoginError for the keychain
 */
export async function keepTelegram(keychain: Keychain, token: Secret, chat: Secret): Promise<void> {
  const typed = token.reveal().trim()
  const id = chat.reveal().trim()
  if (!isTelegramToken(typed)) {
    throw new InputError({ token: 'wants what @BotFather has sent, such as 123456:ABC-def' })
  }
  if (!/^(-?\d+|@\w+)$/.test(id)) {
    throw new InputError({ chat: 'wants the number of a chat, or @ and the name of a channel' })
  }
  await keychain.set(channelKeys.telegramToken, new Secret(typed))
  await keychain.set(channelKeys.telegramChat, new Secret(id))
}

/** Returns `settings` with a channel turned on, set at `now` (epoch ms), or off. */
export const withChannel = (
  settings: OutgoingSettings,
  channel: NotificationChannel,
  isOn: boolean,
  now: number,
): OutgoingSettings => ({ ...settings, [channel]: isOn, [`${channel}SetAt`]: isOn ? now : null })

/** The notice that tests a channel. */
export const testNotice: Notice = {
  kind: 'all-ready',
  title: 'TokenTray can reach you here',
  body: 'From now on its notices come here too. No token, code or password ever does.',
  account: null,
  action: 'Open',
}

/** Deletes the address and tokens of a channel. */
export async function forgetChannel(keychain: Keychain, channel: NotificationChannel): Promise<void> {
  const { webhookUrl, telegramToken, telegramChat } = channelKeys
  for (const key of channel === 'webhook' ? [webhookUrl] : [telegramToken, telegramChat])
    await keychain.delete(key)
}
