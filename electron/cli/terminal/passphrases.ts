import { createReadStream } from 'node:fs'
import { isatty } from 'node:tty'
import { credentialPassphrase, passphraseIn } from '../../services/passphrase.ts'
import { errorCode, InputError, LoginError } from '../../core/errors.ts'
import { Secret } from '../../core/secret.ts'
import type { Io } from './terminal.ts'

/** Gets the passphrase of a sealed keychain for a command. */
export interface Passphrases {
  /** Reads the passphrase from `--passphrase-fd` or systemd's credential; null without either. */
  readonly given: () => Promise<Secret | null>
  /** Reads the given passphrase, or else prompts on the terminal; null without a terminal. */
  readonly get: () => Promise<Secret | null>
  /** Ends prompts, because the terminal is used for something else. */
  readonly stopAsking: () => void
}

export const FD_OPTION = '--passphrase-fd'

/** Shows how a shell opens a file for a program; Windows' shells can do so only as standard input. */
export const descriptorExample = (platform: NodeJS.Platform): string =>
  platform === 'win32' ? `${FD_OPTION} 0 < file` : '3< file'

/**
 * Removes `--passphrase-fd`, which every command takes, from the arguments before a `--`.
 * @throws InputError for the option, and for a passphrase given as an argument, which it does not repeat
 */
export function takePassphraseOption(args: readonly string[]): { args: string[]; fd: number | null } {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const own = args.slice(0, end)
  if (own.some((arg) => /^--passphrase(=|$)/.test(arg))) throw new InputError({ passphrase: refusal })
  const at = own.findIndex((arg) => arg === FD_OPTION || arg.startsWith(`${FD_OPTION}=`))
  if (at === -1) return { args: [...args], fd: null }
  const isJoined = own[at]?.includes('=') === true
  const value = isJoined ? own[at]?.slice(FD_OPTION.length + 1) : own[at + 1]
  return { args: args.toSpliced(at, isJoined ? 1 : 2), fd: readFd('passphrase-fd', value) }
}

const refusal =
  'can’t be an argument or an environment variable, which other programs can see. Type it when asked, or give ' +
  `it with ${FD_OPTION} N or as a systemd credential`

/** @throws InputError for `option` */
export function readFd(option: string, value: string | undefined): number {
  if (value !== undefined && /^\d{1,4}$/.test(value)) return Number(value)
  throw new InputError({
    [option]: `wants the number of an open file descriptor, as in ${descriptorExample(process.platform)}`,
  })
}

/**
 * Returns the ways in which this call may get a passphrase.
 * @param fd the descriptor that `--passphrase-fd` named; null without the option
 */
export function passphrasesOf(io: Io, fd: number | null): Passphrases {
  let read: Promise<Secret> | null = null
  let mayAsk = io.interactive
  const given = async (): Promise<Secret | null> =>
    // Cached, because a pipe can be read only once.
    fd === null ? credentialPassphrase(io.env) : (read ??= readPassphrase('passphrase-fd', fd, io.signal))
  return {
    given,
    get: async () => (await given()) ?? (mayAsk ? io.askSecret(QUESTION) : null),
    stopAsking: () => {
      mayAsk = false
    },
  }
}

const QUESTION = 'Passphrase of the sealed keychain (not shown): '

/** Longer than any passphrase, bytes. */
const MAX_BYTES = 4_096

/**
 * Reads a passphrase from an open file descriptor, to its end.
 * @param option the option that named it
 * @throws InputError for `option`, LoginError `cancelled`
 */
export async function readPassphrase(option: string, fd: number, signal: AbortSignal): Promise<Secret> {
  if (isatty(fd)) {
    throw new InputError({ [option]: 'is a terminal, which would show it; leave it out to be asked unseen' })
  }
  try {
    return await passphraseIn(await readToEnd(fd, signal), option)
  } catch (error) {
    if (error instanceof LoginError || error instanceof InputError) throw error
    const why = errorCode(error) ?? 'unknown error'
    throw new InputError({
      [option]: `can’t be read (${why}); open it as in ${descriptorExample(process.platform)}`,
    })
  }
}

async function readToEnd(fd: number, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const stream = createReadStream('', { fd })
  const stop = (): void => void stream.destroy(new LoginError('cancelled'))
  signal.addEventListener('abort', stop, { once: true })
  const chunks: Buffer[] = []
  try {
    for await (const chunk of stream) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk)
      if (Buffer.concat(chunks).length > MAX_BYTES)
        throw new InputError({ passphrase: `is longer than ${MAX_BYTES} bytes` })
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
  return Buffer.concat(chunks)
}
