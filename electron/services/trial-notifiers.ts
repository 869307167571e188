import { Telegram } from '../adapters/telegram.ts'
import { Webhook } from '../adapters/webhook.ts'
import type { Notifier } from '../core/ports.ts'
import type { OutgoingWay } from '../core/schedule/outgoing.ts'
import type { Services } from './services.ts'

/** Opens the channels for a test message. They send even while the settings have them off. */
export function trialNotifiers({
  clock,
  keychain,
}: Pick<Services, 'clock' | 'keychain'>): Readonly<Record<OutgoingWay, Notifier>> {
  const deps = { clock, keychain, isOn: () => true }
  return { webhook: new Webhook(deps), telegram: new Telegram(deps) }
}
