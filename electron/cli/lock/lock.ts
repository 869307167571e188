import { LockPassphrase } from '../../services/lock/lock-passphrase.ts'
import type { Services } from '../../services/services.ts'
import { commandOf, readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN } from '../terminal/slow-notice.ts'

const statusOptions = { json: { type: 'boolean', default: false, help: 'One JSON object.' } } as const

const status: Command = {
  usage: 'lock status [--json]',
  summary: 'Whether the tray app asks for a passphrase before it shows codes and copies',
  options: statusOptions,
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, statusOptions, { min: 0, max: 0 })
    const services = await open()
    const passphrase = passphraseOf(services)
    const on = await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, passphrase.isSet())
    const { afterMinutes, logsIn } = services.store.state.settings.lock
    if (values.json) {
      const report = { lock: on ? 'on' : 'off', after_minutes: afterMinutes, logs_in_while_locked: logsIn }
      io.stdout(JSON.stringify(report, null, 2))
    } else {
      io.stdout(on ? `The tray app locks after ${afterMinutes} minutes without you.` : 'The lock is off.')
    }
    return exitCodes.ok
  },
}

const off: Command = {
  usage: 'lock off',
  summary:
    'Remove the tray app’s lock, also when its passphrase is forgotten\n' +
    'Whoever can read the keychain can do this: the lock keeps no secret from them.',
  run: async ({ args, io, services: open }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    const services = await open()
    const passphrase = passphraseOf(services)
    // First, because the tray app believes the keychain and not the state file.
    await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, passphrase.forget())
    await services.store.update((state) => {
      const { settings } = state
      return { ...state, settings: { ...settings, lock: { ...settings.lock, on: false } } }
    })
    io.stdout('The lock is off. Turn it on again in the tray app’s settings.')
    return exitCodes.ok
  },
}

const actions = new Map([
  ['status', status],
  ['off', off],
])

export const lock = commandOf('lock', actions, {
  usage: 'lock status | off',
  summary: 'The tray app’s lock; it is turned on in the app’s settings and never asks on the command line',
})

const passphraseOf = (services: Services): LockPassphrase => new LockPassphrase(services)
