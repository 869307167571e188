import { once } from 'node:events'
import { constants, createReadStream, openSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { Services } from '../../services/services.ts'
import { MAX_IMPORT_BYTES, readImport, type Imported } from '../../core/accounts/import/import.ts'
import { errorCode, InputError, LoginError } from '../../core/errors.ts'
import type { Clock, ReadQrCodes } from '../../core/ports.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'

/** What reading a picture may take a while for. */
const LOOKING = 'Looking for TOTP secrets'

/**
 * What a file, or with `-` standard input, has to import; progress is told of a picture that takes long.
 * @param option what the user gave the file's name as
 * @throws InputError for `option` or for what is in it, LoginError `cancelled`
 */
export async function importFrom(
  file: string,
  option: string,
  io: Io,
  services: Pick<Services, 'brokers' | 'clock' | 'readQrCodes'>,
): Promise<Imported> {
  const bytes = await readSource(file, option, io, services)
  const readQrCodes: ReadQrCodes = (picture) => services.readQrCodes(picture, io.signal)
  const found = readImport(bytes, services.brokers.values(), readQrCodes)
  return noticeIfSlow(services, io, LOOKING, found)
}

/**
 * What is in a file, or with `-` on standard input; a person at a terminal is asked for it, unseen. Of too large a
 * file only so much is read that its size shows.
 * @param option what the user gave the file's name as
 * @throws InputError for `option`, LoginError `cancelled`
 */
async function readSource(
  file: string,
  option: string,
  io: Io,
  { clock }: { readonly clock: Clock },
): Promise<Uint8Array> {
  if (file === '-' && io.interactive) {
    return Buffer.from((await io.askSecret('Paste the otpauth:// address (not shown): ')).reveal())
  }
  try {
    return await noticeIfSlow(
      { clock },
      io,
      `Reading what ${option} names, to its end`,
      readFileOrPipe(file, io.signal),
    )
  } catch (error) {
    if (error instanceof LoginError || error instanceof InputError) throw error
    const why = errorCode(error) ?? 'unknown error'
    // The name is not repeated: it may be a secret, given by mistake.
    throw new InputError({
      [option]: `can’t be read (${why}); it wants a file’s name, or - for standard input`,
    })
  }
}

/**
 * What is in a file, or with `-` on standard input; of too large a one only so much that its size shows. A pipe may
 * stay silent for ever, until the signal's reason is thrown.
 */
export async function readFileOrPipe(file: string, signal: AbortSignal): Promise<Buffer> {
  if (file === '-') return readStandardInput(signal)
  if (!(await stat(file)).isFIFO()) return readFrom(createReadStream(file), signal)
  // A plain open waits for a writer, in a thread that nothing can call back and that the process would wait for.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  return readFrom(new Socket({ fd, readable: true, writable: false }), signal)
}

/**
 * Standard input to its end, which comes once in a process.
 * @throws InputError the second time
 */
export async function readStandardInput(signal: AbortSignal): Promise<Buffer> {
  if (process.stdin.destroyed) {
    throw new InputError({ 'standard input': 'is read already; only one thing can come from it' })
  }
  return readFrom(process.stdin, signal)
}

async function readFrom(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const cancelled = once(signal, 'abort').then(() => {
    throw signal.reason
  })
  try {
    return await Promise.race([readUpToLimit(stream), cancelled])
  } finally {
    stream.destroy()
  }
}

async function readUpToLimit(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_IMPORT_BYTES) break
  }
  return Buffer.concat(chunks)
}

/**
 * Stops a call that has an address with a secret among its arguments.
 * @throws InputError that does not repeat it
 */
export function refuseAddresses(args: readonly string[]): void {
  if (!args.some((arg) => /otpauth(-migration)?:/i.test(arg))) return
  throw new InputError({
    arguments:
      'have an otpauth address in them, which is a secret, and other programs can see arguments. ' +
      'Put it into a file, or give - in its place and paste it when asked',
  })
}
