import { readFile } from 'node:fs/promises'
import type { Services } from '../../services/services.ts'
import { parseDotenv } from '../../core/accounts/env/parse.ts'
import { looksLikeName } from '../../core/accounts/env/names.ts'
import { errorCode, InputError } from '../../core/errors.ts'
import { isLineFormat, type Exported } from '../../core/accounts/exports.ts'
import type { TokenForm } from '../../core/accounts/token-forms.ts'
import { updateLines } from '../../core/accounts/update-lines.ts'
import { readText } from '../../core/text.ts'

/** The file that `--out` names. */
export interface TokenFile {
  /**
   * Replaces the file atomically, after every other command that writes a token to a file at this moment.
   * @throws InputError for `out`, or for a lock that stays held for ten seconds
   */
  write(exported: readonly Exported[], whole: string): Promise<void>
}

const BYTE_ORDER_MARK = '\uFEFF'

interface TokenFileOptions {
  readonly format: TokenForm
  /** Whether its content may be lost. */
  readonly replace: boolean
  /** The variables to be written. */
  readonly envs: readonly string[]
  readonly locks: Pick<Services['locks'], 'acquireBriefly'>
}

/**
 * Checks a file before a login is made for it.
 * @throws InputError for `out` when it must not be written, or holds content that would be lost
 */
export async function openTokenFile(file: string, options: TokenFileOptions): Promise<TokenFile> {
  const { format, replace, envs, locks } = options
  const { refusalOf, writePrivateFile } = await import('../../services/private-file.ts')
  const refusal = await refusalOf(file)
  if (refusal !== null) throw new InputError({ out: `${file} ${refusal}` })
  const read = (): Promise<string> => (replace ? Promise.resolve('') : textOf(file))
  const old = await read()
  const placeholders = envs.map((env) => ({ field: env, env, value: '' }))
  if (isLineFormat(format)) updateLines(old, placeholders, format)
  else assertNoVariables(old, file)
  return {
    async write(exported, whole) {
      const free = await locks.acquireBriefly('token-file')
      try {
        // Read again: a login may have taken a while, and another account's token may have come into the file.
        const text = isLineFormat(format) ? updateLines(await read(), exported, format) : `${whole}\n`
        await writePrivateFile(file, text).catch((error: unknown) => {
          throw new InputError({ out: `${file} can’t be written (${codeOf(error)})` })
        })
      } finally {
        await free()
      }
    },
  }
}

/** Reads a file with its byte order mark; empty without a file. */
async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.from('')
    throw new InputError({ out: `${file} can’t be read (${codeOf(error)}), so what is in it can’t be kept` })
  })
  const text = readText(bytes, 'out')
  if (Buffer.from(text).length === bytes.length) return text
  if (Buffer.from(BYTE_ORDER_MARK + text).length === bytes.length) return BYTE_ORDER_MARK + text
  throw new InputError({ out: `${file} is UTF-16, which its readers can’t take; save it as UTF-8` })
}

/** @throws InputError for `out` when a bare token would replace other variables */
function assertNoVariables(old: string, file: string): void {
  const names = parseDotenv(old).flatMap(({ name }) => (looksLikeName(name) ? [name] : []))
  if (names.length === 0) return
  const some = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
  throw new InputError({
    out:
      `${file} has other things in it (${some}). With --format dotenv they are kept; ` +
      'or give another file, or --replace the whole of it',
  })
}

const codeOf = (error: unknown): string => errorCode(error) ?? 'unknown error'
