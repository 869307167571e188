import { Telegram } from '../adapters/telegram.ts'
import { Webhook } from '../adapters/webhook.ts'
import type { NotificationChannel } from '../contract/settings.ts'
import type { Notifier } from '../core/state/notice.ts'
import type { Services } from './services.ts'

/**
 * Opens the channels that carry notices to other computers.
 * @param isOn asked before each notice; a channel that is off drops it
 */
export function openChannels(
  services: Pick<Services, 'clock' | 'keychain' | 'openHttp'>,
  isOn: (channel: NotificationChannel) => boolean,
): Readonly<Record<NotificationChannel, Notifier>> {
  return {
    webhook: new Webhook({ ...services, isOn: () => isOn('webhook') }),
    telegram: new Telegram({ ...services, isOn: () => isOn('telegram') }),
  }
}
