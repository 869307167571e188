import { readFile } from 'node:fs/promises'
import { parseDotenv } from '../../core/accounts/env/parse.ts'
import { looksLikeName } from '../../core/accounts/env/names.ts'
import { InputError } from '../../core/errors.ts'
import { isLineFormat, type Exported, type ExportFormat } from '../../core/accounts/exports.ts'
import { updateLines } from '../../core/accounts/update-lines.ts'
import { readText } from '../../core/text.ts'

/** A file that `--out` names. */
export interface TokenFile {
  /** Writes it in one stroke. Throws InputError for `out`. */
  write(exported: readonly Exported[], whole: string): Promise<void>
}

const MARK = '\uFEFF'

interface TokenFileOptions {
  readonly format: ExportFormat
  /** Whether all that is in it may go. */
  readonly replace: boolean
  /** The variables that will be written. */
  readonly envs: readonly string[]
}

/**
 * Looks at a file before anything is done for it.
 * @throws InputError for `out` when it is better not written, or has something in it that would be lost
 */
export async function openTokenFile(file: string, options: TokenFileOptions): Promise<TokenFile> {
  const { format, replace, envs } = options
  const { refusalOf, writePrivateFile } = await import('../../services/private-file.ts')
  const refusal = await refusalOf(file)
  if (refusal !== null) throw new InputError({ out: `${file} ${refusal}` })
  const read = (): Promise<string> => (replace ? Promise.resolve('') : textOf(file))
  const old = await read()
  const rehearsed = envs.map((env) => ({ field: env, env, value: '' }))
  if (isLineFormat(format)) updateLines(old, rehearsed, format)
  else refuseOthers(old, file)
  return {
    async write(exported, whole) {
      // Read again: a login may have taken a while.
      const text = isLineFormat(format) ? updateLines(await read(), exported, format) : `${whole}\n`
      try {
        await writePrivateFile(file, text)
      } catch (error) {
        throw new InputError({ out: `${file} can’t be written (${codeOf(error)})` })
      }
    },
  }
}

/** What is in a file, with its mark; nothing where there is none. */
async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.from('')
    throw new InputError({ out: `${file} can’t be read (${codeOf(error)}), so what is in it can’t be kept` })
  })
  const text = readText(bytes, 'out')
  if (Buffer.from(text).length === bytes.length) return text
  if (Buffer.from(MARK + text).length === bytes.length) return MARK + text
  throw new InputError({ out: `${file} is UTF-16, which its readers can’t take; save it as UTF-8` })
}

/** @throws InputError for `out` when a token alone would take the place of somebody's variables */
function refuseOthers(old: string, file: string): void {
  const names = parseDotenv(old).flatMap(({ name }) => (looksLikeName(name) ? [name] : []))
  if (names.length === 0) return
  const some = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
  throw new InputError({
    out:
      `${file} has other things in it (${some}). With --format dotenv they are kept; ` +
      'or give another file, or --replace the whole of it',
  })
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
