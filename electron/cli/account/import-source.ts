import type { Services } from '../../services/services.ts'
import { readImport, type Imported } from '../../core/accounts/import/import.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { Clock, ReadQrCodes } from '../../core/ports.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { readFileOrPipe } from '../terminal/stdin.ts'

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
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    // The name is not repeated: it may be a secret, given by mistake.
    throw new InputError({
      [option]: `can’t be read (${why}); it wants a file’s name, or - for standard input`,
    })
  }
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
