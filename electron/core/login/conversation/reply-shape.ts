import type { HttpReply, ReplyHeaders } from '../../ports.ts'

/** Enough to see what has become of a reply of a few dozen fields. */
const MAX_LINES = 60
const MAX_DEPTH = 5
/** The most characters of a reply that is read for its keys, because a larger one takes tens of milliseconds. */
const MAX_READ = 200_000

/** Words of an envelope that say nothing of anybody. */
const envelopeWords: readonly string[] = ['success', 'error', 'ok', 'not_ok', 'fail', 'failed', 'failure']
/** Keys whose values may be among the known ones. */
const envelopeKey = /^(stat|status|code|error_?code|error_?type|st_?code|success|type)$/i

/**
 * Describes a reply that was not understood, for a report that anybody may read: its status, the kind of its content,
 * the keys of its JSON with types and lengths. No value of it gets in but codes that are known beforehand.
 * @param knownCodes codes and types of errors that the broker is known to send
 * @param isSecret whether a text was said in this conversation and is nobody's business
 */
export function replyShape(
  { status, headers, body }: HttpReply,
  knownCodes: readonly string[],
  isSecret: (text: string) => boolean,
): string[] {
  const known = new Set([...envelopeWords, ...knownCodes].map((code) => code.toLowerCase()))
  const first = `HTTP ${status}, ${contentKind(headers)}, ${body.length} characters`
  if (body.length > MAX_READ) return [first]
  try {
    const lines: string[] = []
    describe(JSON.parse(body), '', { known, isSecret, lines, depth: 0 })
    const left = lines.length - MAX_LINES
    return [first, ...lines.slice(0, MAX_LINES), ...(left > 0 ? [`and ${left} more`] : [])]
  } catch {
    return [first]
  }
}

const kinds = ['json', 'html', 'xml', 'plain', 'javascript', 'form'] as const

/** One of a few words: a header may hold anything. */
function contentKind(headers: ReplyHeaders): string {
  const type = headers.get('content-type')
  if (type === null) return 'no content type'
  return kinds.find((kind) => type.toLowerCase().includes(kind)) ?? 'another content type'
}

interface Walk {
  readonly known: ReadonlySet<string>
  readonly isSecret: (text: string) => boolean
  readonly lines: string[]
  readonly depth: number
}

function describe(value: unknown, path: string, walk: Walk): void {
  const { depth, lines } = walk
  // More than are shown, so that their number can be told.
  if (lines.length > MAX_LINES * 10) return
  const add = (what: string): void => void lines.push(path === '' ? what : `${path}: ${what}`)
  if (Array.isArray(value)) {
    add(`list of ${value.length}`)
    if (value.length > 0 && depth < MAX_DEPTH) describe(value[0], `${path}[0]`, { ...walk, depth: depth + 1 })
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.length === 0 || depth >= MAX_DEPTH) add(`object of ${entries.length}`)
    else for (const [key, inner] of entries) describeField(key, inner, path, walk)
  } else add(typeWords(value))
}

function describeField(key: string, value: unknown, path: string, walk: Walk): void {
  if (walk.lines.length > MAX_LINES * 10) return
  const shown = isPlainKey(key) && !walk.isSecret(key) ? key : `(key of ${key.length})`
  const place = path === '' ? shown : `${path}.${shown}`
  if (envelopeKey.test(key) && isKnown(value, walk.known))
    walk.lines.push(`${place}: ${JSON.stringify(value)}`)
  else describe(value, place, { ...walk, depth: walk.depth + 1 })
}

/** Names of fields are words; what has digits in it, or is long, may be a value that serves as a key. */
const isPlainKey = (key: string): boolean => /^[A-Za-z][A-Za-z_-]{0,31}\d?$/.test(key)

const isKnown = (value: unknown, known: ReadonlySet<string>): boolean =>
  typeof value === 'boolean' ||
  ((typeof value === 'string' || typeof value === 'number') && known.has(String(value).toLowerCase()))

function typeWords(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? `text of ${value.length}` : typeof value
}
