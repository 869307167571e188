import { doubtAbout } from './doubts.ts'
import { parseDotenv, type Parsed, type Unreadable } from './parse.ts'

/** What a `.env` file assigns to a name. */
export type Assignment = {
  readonly name: string
  /** 1-based. */
  readonly line: number
} & (Value | Unreadable)

interface Value {
  readonly value: string
  /** Why readers take it for different ones, as the end of a sentence that begins with its name; null when they agree. */
  readonly doubt: string | null
}

/** Longer than any value that is kept, characters: a few lines could otherwise grow into gigabytes. */
const MAX_LENGTH = 20_000

// As python-dotenv has it: no nesting, and `:-` is the only operator.
const reference = /\$\{([^}:]{0,200})(?::-([^}]{0,2000}))?\}/g

/**
 * Returns what a `.env` file assigns, the last of each name, with `${NAME}` and `${NAME:-default}` expanded as
 * python-dotenv does: from the lines above. Never from the environment, where another program's value may be.
 */
export function readAssignments(text: string): ReadonlyMap<string, Assignment> {
  const above = new Map<string, Assignment>()
  for (const parsed of parseDotenv(text)) above.set(parsed.name, expanded(parsed, above))
  return above
}

function expanded(parsed: Parsed, above: ReadonlyMap<string, Assignment>): Assignment {
  const { name, line } = parsed
  if ('fault' in parsed) return { name, line, fault: parsed.fault }
  const { value, quote, raw } = parsed
  if (!value.includes('${')) return { name, line, value, doubt: doubtAbout(quote, raw) }
  const result = expandReferences(value, above)
  if ('fault' in result) return { line, ...result, name }
  // Within single quotes only python-dotenv expands.
  const doubt = doubtAbout(quote, quote === 'single' ? raw : raw.replace(reference, '$2')) ?? result.doubt
  return { name, line, value: result.value, doubt }
}

function expandReferences(text: string, above: ReadonlyMap<string, Assignment>): Value | Unreadable {
  if (text.length > MAX_LENGTH) return { fault: 'it is far too long' }
  let [value, done] = ['', 0]
  let doubt: string | null = null
  for (const match of text.matchAll(reference)) {
    const [whole, name = '', fallback] = match
    const known =
      above.get(name) ?? (fallback === undefined ? notSet(name) : { value: fallback, doubt: null })
    // With the line that is to be mended, when that is another.
    if ('fault' in known) return known
    if (known.value === '' && fallback !== undefined && fallback !== '') {
      doubt ??= 'is read in different ways: a shell takes the default in place of an empty value'
    }
    doubt ??= known.doubt
    value += text.slice(done, match.index) + known.value
    if (value.length > MAX_LENGTH) return { fault: 'it is far too long' }
    done = match.index + whole.length
  }
  return { value: value + text.slice(done), doubt }
}

/** Only what looks like a name is repeated: the rest may be part of a password. */
function notSet(name: string): Unreadable {
  const named = /^[A-Za-z_]\w{0,59}$/.test(name) ? `\${${name}}` : 'a ${…}'
  return { fault: `it uses ${named}, which no line above it sets; the environment is not asked` }
}
