import { ambiguityOf } from './ambiguities.ts'
import { parseDotenv, type Parsed, type Unreadable } from './parse.ts'

/** An assignment of a `.env` file, with references expanded. */
export type Assignment = {
  readonly name: string
  /** 1-based. */
  readonly line: number
} & (Value | Unreadable)

interface Value {
  readonly value: string
  /** Why readers differ, as the end of a sentence that begins with the name; null when they agree. */
  readonly ambiguity: string | null
}

/** The longest value, characters, so that a few lines can't expand into gigabytes. */
const MAX_LENGTH = 20_000

// The syntax of python-dotenv: no nesting, and `:-` is the only operator.
const reference = /\$\{([^}:]{0,200})(?::-([^}]{0,2000}))?\}/g

/**
 * Returns the last assignment of each name in a `.env` file. `${NAME}` and `${NAME:-default}` expand from the lines
 * above, as in python-dotenv, but never from the environment, which may hold another program's value.
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
  if (!value.includes('${')) return { name, line, value, ambiguity: ambiguityOf(quote, raw) }
  const result = expandReferences(value, above)
  if ('fault' in result) return { line, ...result, name }
  // Only python-dotenv expands references in single quotes.
  const ambiguity =
    ambiguityOf(quote, quote === 'single' ? raw : raw.replace(reference, '$2')) ?? result.ambiguity
  return { name, line, value: result.value, ambiguity }
}

function expandReferences(text: string, above: ReadonlyMap<string, Assignment>): Value | Unreadable {
  if (text.length > MAX_LENGTH) return { fault: 'it is far too long' }
  let [value, done] = ['', 0]
  let ambiguity: string | null = null
  for (const match of text.matchAll(reference)) {
    const [whole, name = '', fallback] = match
    const known =
      above.get(name) ?? (fallback === undefined ? notSet(name) : { value: fallback, ambiguity: null })
    // A fault keeps the line on which the user has to mend it.
    if ('fault' in known) return known
    if (known.value === '' && fallback !== undefined && fallback !== '') {
      ambiguity ??= 'is read in different ways: a shell takes the default in place of an empty value'
    }
    ambiguity ??= known.ambiguity
    value += text.slice(done, match.index) + known.value
    if (value.length > MAX_LENGTH) return { fault: 'it is far too long' }
    done = match.index + whole.length
  }
  return { value: value + text.slice(done), ambiguity }
}

/** Repeats only a plausible name, because any other text may be part of a password. */
function notSet(name: string): Unreadable {
  const named = /^[A-Za-z_]\w{0,59}$/.test(name) ? `\${${name}}` : 'a ${…}'
  return { fault: `it uses ${named}, which no line above it sets; the environment is not asked` }
}
