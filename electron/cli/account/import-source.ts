import type { Services } from '../../services/services.ts'
import { readImport, type Imported } from '../../core/accounts/import/import.ts'
import { errorCode, InputError, LoginError } from '../../core/errors.ts'
import type { Clock, ReadQrCodes } from '../../core/ports.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { readFileOrPipe } from '../terminal/stdin.ts'

/** Shown while a picture is read. */
const READING_PICTURE = 'Looking for TOTP secrets'

/**
 * Finds what a file, or with `-` standard input, has to import. Shows a notice when a picture takes long.
 * @param option the argument that named the file
 * @throws InputError for `option` or for the content, LoginError `cancelled`
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
  return noticeIfSlow(services, io, READING_PICTURE, found)
}

/**
 * Reads a file, or with `-` standard input; prompts for it unseen on a terminal. Stops just past the largest import, so
 * that its size shows.
 * @param option the argument that named the file
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
    // Does not repeat the name, which may be a secret given by mistake.
    throw new InputError({ [option]: fileFault(error) })
  }
}

/** Returns why a file can't be read, as the end of a sentence that begins with its option. */
function fileFault(error: unknown): string {
  const code = errorCode(error) ?? 'unknown error'
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not read it',
  }
  return `can’t be read: ${why[code] ?? code} (${code})`
}

/**
 * Refuses arguments that hold an otpauth address, which is a secret.
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
