import type { NotificationChannel, SettingOutcome } from '../../contract/settings.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { Clock, Keychain } from '../../core/ports.ts'
import type { StateStore } from '../../core/state/state.ts'
import type { Notifier } from '../../core/state/notice.ts'
import {
  forgetChannel,
  keepTelegram,
  keepWebhook,
  testNotice,
  withChannel,
} from '../../core/schedule/notification-channels.ts'
import type { Secret } from '../../core/secret.ts'

export interface ChannelDeps {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly clock: Clock
  readonly notifiers: Readonly<Record<NotificationChannel, Notifier>>
}

/** Turns on, tests and turns off the notification channels besides this desktop. */
export class NotificationChannels {
  readonly #deps: ChannelDeps

  constructor(deps: ChannelDeps) {
    this.#deps = deps
  }

  keepWebhook(address: Secret): Promise<SettingOutcome> {
    return outcome(async () => {
      await keepWebhook(this.#deps.keychain, address)
      await this.#setOn('webhook', true)
    })
  }

  keepTelegram(token: Secret, chat: Secret): Promise<SettingOutcome> {
    return outcome(async () => {
      await keepTelegram(this.#deps.keychain, token, chat)
      await this.#setOn('telegram', true)
    })
  }

  forgetChannel(channel: NotificationChannel): Promise<SettingOutcome> {
    return outcome(async () => {
      // Off first, so that no notice uses an address while it is being deleted.
      await this.#setOn(channel, false)
      await forgetChannel(this.#deps.keychain, channel)
    })
  }

  testChannel(channel: NotificationChannel): Promise<SettingOutcome> {
    return outcome(() => this.#deps.notifiers[channel].notify(testNotice))
  }

  async #setOn(channel: NotificationChannel, isOn: boolean): Promise<void> {
    const { store, clock } = this.#deps
    await store.update((state) => {
      const { settings } = state
      return {
        ...state,
        settings: { ...settings, outgoing: withChannel(settings.outgoing, channel, isOn, clock.now()) },
      }
    })
  }
}

const subjects: Readonly<Record<string, string>> = {
  webhook: 'The webhook',
  token: 'The bot’s token',
  chat: 'The chat',
}

/** Runs an action and returns a failure as a sentence; the ports promise that it contains no secret. */
async function outcome(action: () => Promise<void>): Promise<SettingOutcome> {
  try {
    await action()
    return { ok: true }
  } catch (error) {
    return { ok: false, message: sentence(error) }
  }
}

function sentence(error: unknown): string {
  if (error instanceof InputError) {
    return Object.entries(error.errors)
      .map(([input, words]) => `${subjects[input] ?? input} ${words}.`)
      .join(' ')
  }
  if (error instanceof LoginError) return `${error.message} ${error.next}`
  return error instanceof Error ? error.message : String(error)
}
