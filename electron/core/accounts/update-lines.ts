import { parseDotenv } from './env/parse.ts'
import { InputError } from '../errors.ts'
import { formatLine, lineFormats, type Exported, type LineFormatName } from './exports.ts'

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Returns a file's text with an account's variables in it. Lines with their names get the new values, and new variables
 * are added at the end. Everything else stays byte for byte.
 * @throws InputError for `out` when one of these lines holds more than the variable
 */
export function updateLines(old: string, exported: readonly Exported[], format: LineFormatName): string {
  const edits = exported.map((one) =>
    format === 'dotenv' ? dotenvEdits(old, one) : lineEdits(old, one, format),
  )
  const absent = exported.filter((_, index) => edits[index]?.length === 0)
  const updated = edits
    .flat()
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: line }) => text.slice(0, start) + line + text.slice(end), old)
  const lineEnd = /\r?\n/.exec(old)?.[0] ?? '\n'
  const isOpen = updated !== '' && absent.length > 0 && !/[\r\n]$/.test(updated)
  const added = absent.map((one) => formatLine(one, format) + lineEnd)
  return [updated, ...(isOpen ? [lineEnd] : []), ...added].join('')
}

function dotenvEdits(old: string, { env, value }: Exported): Edit[] {
  return parseDotenv(old)
    .filter(({ name }) => name === env)
    .map((assignment) => {
      const { start, end, line } = assignment
      if ('fault' in assignment) throw mixed(line, assignment.fault)
      // A shell allows no space after the `=`, and needs one before a comment.
      const equals = old.lastIndexOf('=', start - 1)
      const isSpaced = /\s/.test(old.charAt(equals - 1))
      const behind = /^[^\s]/.test(old.slice(end)) ? ' ' : ''
      const text = lineFormats.dotenv.quoted(value) + behind
      return { start: isSpaced ? start : equals + 1, end, text }
    })
}

function lineEdits(old: string, { env, value }: Exported, format: LineFormatName): Edit[] {
  const { head, quoted, tail = '', behind = /^.*$/ } = lineFormats[format]
  let line = 0
  return [...old.matchAll(/([^\S\r\n]*)([^\r\n]*)(?:\r\n|\r|\n|$)/g)].flatMap((match) => {
    line += 1
    const [, indent = '', text = ''] = match
    if (!text.startsWith(head(env))) return []
    const rest = behind.exec(text.slice(head(env).length))
    if (rest === null) throw mixed(line, 'there is more on it than this variable')
    const start = match.index + indent.length + head(env).length
    const end = match.index + indent.length + text.length
    return [{ start, end, text: quoted(value) + tail + (rest[1] ?? '') }]
  })
}

const mixed = (line: number, why: string): InputError =>
  new InputError({
    out: `can’t be updated: on line ${line} ${why}. Mend it, or replace the file with --replace`,
  })
