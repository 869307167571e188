import type { Keychain } from '../../core/ports.ts'
import { modeOf } from '../../services/state-folder.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import { commandOf, readArgs, type Command } from '../terminal/command.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN } from '../terminal/slow-notice.ts'
import { descriptorExample, readFd, readPassphrase } from '../terminal/passphrases.ts'
import { problemLines } from '../terminal/messages.ts'

/** Shown while scrypt runs, which is slow on purpose. */
const SEALING = 'Sealing the file'

const jsonOption = { json: { type: 'boolean', default: false, help: 'One JSON object.' } } as const

const status: Command = {
  usage: 'keychain status [--json]',
  summary: 'Where secrets are kept, and whether they can be read there',
  options: jsonOption,
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, jsonOption, { min: 0, max: 0 })
    const services = await open()
    const { chosenKeychain } = services
    const kind = await chosenKeychain.kind()
    const problem = await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, problemOf(chosenKeychain))
    const file = kind === 'system' ? null : chosenKeychain.file
    const mode = file === null ? null : await modeOf(file)
    if (values.json) {
      const words = problem && { message: problem.message, next: problem.next }
      const report = { keychain: kind, state: problem?.kind ?? 'ok', problem: words, file, mode }
      io.stdout(JSON.stringify(report, null, 2))
    } else {
      io.stdout(`Keychain: ${file === null ? 'the system’s' : `the sealed file ${file}`}`)
      for (const line of problem === null ? ['It is open and works.'] : problemLines(problem)) io.stdout(line)
      if (file !== null && mode !== null && mode !== '0600') {
        io.stdout(`Others on this computer may get at it (mode ${mode}). Close it with: chmod 600 '${file}'`)
      }
    }
    return problem === null ? exitCodes.ok : exitCodeOf[problem.kind]
  },
}

const initOptions = {
  'sealed-file': {
    type: 'boolean',
    default: false,
    help: 'Keep secrets in a file that is encrypted with a passphrase.',
  },
} as const

const init: Command = {
  usage: 'keychain init --sealed-file',
  summary: 'Keep secrets in an encrypted file from now on, in place of the system’s keychain',
  options: initOptions,
  examples: [
    ['tokentray keychain init --sealed-file', 'on a server: asks for a new passphrase, unseen and twice'],
  ],
  run: async ({ args, io, services: open, passphrases }) => {
    const { values } = readArgs(args, initOptions, { min: 0, max: 0 })
    if (!values['sealed-file']) {
      throw new InputError({
        'sealed-file': 'is missing: the system’s keychain needs no init and is used without one',
      })
    }
    const services = await open()
    const { accounts, chosenKeychain } = services
    if ((await chosenKeychain.kind()) === 'sealed-file') {
      throw new InputError({ 'sealed-file': `is there already: ${chosenKeychain.file}` })
    }
    io.stderr(
      'From now on secrets are kept in a file that is encrypted with a passphrase, and not in the system’s',
    )
    io.stderr(
      'keychain. Whoever has the file can try passphrases on it for years: use a long one of several words.',
    )
    io.stderr('Nobody can look it up or reset it.')
    const passphrase = (await passphrases.given()) ?? (await askNewPassphrase(io))
    assertAcceptable(passphrase)
    const creating = chosenKeychain.sealed().then((sealed) => sealed.create(passphrase))
    await noticeIfSlow(services, io, SEALING, creating)
    io.stdout(`The sealed keychain is made: ${chosenKeychain.file}`)
    if (accounts.list.length > 0) {
      io.stdout(
        'Nothing was copied into it: what the system’s keychain holds stays there and is no longer used.',
      )
      io.stdout(
        'Enter the secrets of each account again, with “tokentray account edit NAME --ask FIELD” or --env-file.',
      )
    }
    io.stdout('To go back to the system’s keychain, move the file away.')
    return exitCodes.ok
  },
}

const NEW_FD = 'new-passphrase-fd'
const changeOptions = {
  [NEW_FD]: {
    type: 'string',
    value: 'N',
    help: 'Read the new passphrase from an open file descriptor, as in 4< file.',
  },
} as const

const changePassphrase: Command = {
  usage: 'keychain change-passphrase [--new-passphrase-fd N]',
  summary: 'Seal the file with another passphrase',
  options: changeOptions,
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, changeOptions, { min: 0, max: 0 })
    const services = await open()
    const { chosenKeychain } = services
    if ((await chosenKeychain.kind()) === 'system') {
      throw new InputError({ keychain: 'has no passphrase of ours: the system’s is in use' })
    }
    const sealed = await chosenKeychain.sealed()
    // Checks the old passphrase first, so that the user does not type a new one in vain.
    await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, sealed.check())
    const fd = values[NEW_FD]
    const passphrase =
      fd === undefined
        ? await askNewPassphrase(io)
        : await readPassphrase(NEW_FD, readFd(NEW_FD, fd), io.signal)
    assertAcceptable(passphrase)
    await noticeIfSlow(services, io, SEALING, sealed.changePassphrase(passphrase))
    io.stdout('The passphrase is changed. Copies and backups of the file still open with the old one.')
    io.stdout('Start the tray app again if it runs, and change the systemd credential if there is one.')
    return exitCodes.ok
  },
}

const actions = new Map([
  ['status', status],
  ['init', init],
  ['change-passphrase', changePassphrase],
])

export const keychain = commandOf('keychain', actions, {
  usage: 'keychain status | init --sealed-file | change-passphrase',
  summary:
    'Where secrets are kept; on a server without a system keychain, keep them in a file sealed with a passphrase\n' +
    'The passphrase is asked for unseen. Every command takes it from --passphrase-fd N or a systemd credential too.',
})

async function askNewPassphrase(io: Io): Promise<Secret> {
  if (!io.interactive) {
    throw new InputError({
      'passphrase-fd': `is missing: there is nobody to ask for the new passphrase. Give it as in ${descriptorExample(process.platform)}`,
    })
  }
  const first = await io.askSecret('New passphrase (not shown): ')
  assertAcceptable(first)
  const second = await io.askSecret('The same again (not shown): ')
  if (first.reveal() !== second.reveal())
    throw new InputError({ passphrase: 'was not the same twice; nothing is changed' })
  return first
}

/** The fewest characters of a passphrase. */
const MIN_CHARACTERS = 12

function assertAcceptable(passphrase: Secret): void {
  const text = passphrase.reveal()
  if (/[\0-\x1f\x7f]/.test(text))
    throw new InputError({ passphrase: 'has a character in it that can’t be typed' })
  if (Array.from(text).length >= MIN_CHARACTERS) return
  throw new InputError({ passphrase: `is too short: it needs ${MIN_CHARACTERS} characters or more` })
}

async function problemOf(keychain: Keychain): Promise<LoginError | null> {
  try {
    await keychain.check()
    return null
  } catch (error) {
    if (error instanceof LoginError) return error
    throw error
  }
}
