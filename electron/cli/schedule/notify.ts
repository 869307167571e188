import type { Services } from '../../services/services.ts'
import type { NotificationChannel } from '../../contract/settings.ts'
import { openChannels } from '../../services/notification-channels.ts'
import {
  forgetChannel,
  keepTelegram,
  keepWebhook,
  testNotice,
  withChannel,
} from '../../core/schedule/notification-channels.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'

const options = {
  off: { type: 'boolean', default: false, help: 'Send nothing there any more, and forget where that was' },
} as const

/** Makes the command that turns one channel for notifications on or off. */
const channelCommand = (
  channel: NotificationChannel,
  summary: string,
  ask: (services: Services, io: Io) => Promise<void>,
): Command => ({
  usage: `schedule ${channel} [--off]`,
  summary,
  options,
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, options, { min: 0, max: 0 })
    const services = await open()
    if (values.off) {
      await setChannel(services, channel, false)
      await forgetChannel(services.keychain, channel)
      io.stdout(`${channel}: off`)
      return exitCodes.ok
    }
    await ask(services, io)
    await setChannel(services, channel, true)
    try {
      await openChannels(services, () => true)[channel].notify(testNotice)
      io.stdout(`${channel}: on. A message to try it has been sent.`)
    } catch (error) {
      io.stderr(error instanceof Error ? error.message : 'The message to try it could not be sent.')
      io.stdout(`${channel}: on, but the message to try it was not delivered.`)
      return exitCodes.unreachable
    }
    return exitCodes.ok
  },
})

export const scheduleWebhook = channelCommand(
  'webhook',
  'Post what the notifications say to an address of yours, too; asks for it unseen, because it is a secret',
  async ({ keychain }, io) => keepWebhook(keychain, await io.askSecret('Webhook address: ')),
)

export const scheduleTelegram = channelCommand(
  'telegram',
  'Send what the notifications say by a Telegram bot of yours, too; asks for its token and your chat unseen',
  async ({ keychain }, io) => {
    const token = await io.askSecret('Bot token (from @BotFather): ')
    await keepTelegram(keychain, token, await io.askSecret('Chat ID: '))
  },
)

async function setChannel(
  { clock, store }: Services,
  channel: NotificationChannel,
  isOn: boolean,
): Promise<void> {
  await store.update((state) => ({
    ...state,
    settings: {
      ...state.settings,
      outgoing: withChannel(state.settings.outgoing, channel, isOn, clock.now()),
    },
  }))
}
