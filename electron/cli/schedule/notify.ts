import { Telegram } from '../../adapters/telegram.ts'
import { Webhook } from '../../adapters/webhook.ts'
import type { Services } from '../../services/services.ts'
import type { Notifier } from '../../core/state/notice.ts'
import {
  forgetChannel,
  keepTelegram,
  keepWebhook,
  testNotice,
  withChannel,
  type NotificationChannel,
} from '../../core/schedule/channels.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'

const options = {
  off: { type: 'boolean', default: false, help: 'Send nothing there any more, and forget where that was' },
} as const

/** One way out of this computer for what the desktop’s notifications say. */
const wayOut = (
  way: NotificationChannel,
  summary: string,
  ask: (services: Services, io: Io) => Promise<void>,
  open: (services: Services) => Notifier,
): Command => ({
  usage: `schedule ${way} [--off]`,
  summary,
  options,
  run: async ({ args, io, services: openServices }) => {
    const { values } = readArgs(args, options, { min: 0, max: 0 })
    const services = await openServices()
    if (values.off) {
      await turn(services, way, false)
      await forgetChannel(services.keychain, way)
      io.stdout(`${way}: off`)
      return exitCodes.ok
    }
    await ask(services, io)
    await turn(services, way, true)
    try {
      await open(services).notify(testNotice)
      io.stdout(`${way}: on. A message to try it has been sent.`)
    } catch (error) {
      io.stderr(error instanceof Error ? error.message : 'The message to try it could not be sent.')
      io.stdout(`${way}: on, but the message to try it was not delivered.`)
      return exitCodes.unreachable
    }
    return exitCodes.ok
  },
})

export const scheduleWebhook = wayOut(
  'webhook',
  'Post what the notifications say to an address of yours, too; asks for it unseen, because it is a secret',
  async ({ keychain }, io) => keepWebhook(keychain, await io.askSecret('Webhook address: ')),
  (services) => new Webhook({ ...services, isOn: () => true }),
)

export const scheduleTelegram = wayOut(
  'telegram',
  'Send what the notifications say by a Telegram bot of yours, too; asks for its token and your chat unseen',
  async ({ keychain }, io) => {
    const token = await io.askSecret('Bot token (from @BotFather): ')
    await keepTelegram(keychain, token, await io.askSecret('Chat ID: '))
  },
  (services) => new Telegram({ ...services, isOn: () => true }),
)

async function turn({ clock, store }: Services, way: NotificationChannel, isOn: boolean): Promise<void> {
  await store.update((state) => ({
    ...state,
    settings: { ...state.settings, outgoing: withChannel(state.settings.outgoing, way, isOn, clock.now()) },
  }))
}
