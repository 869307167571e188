import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret } from '../../totp/code.ts'
import { readName, type FoundSecret } from './found-secret.ts'

/** The longest note of secrets, characters. */
const MAX_TEXT = 10_000

/** The most headings and remarks per secret; a text with more is prose. */
const MAX_OTHERS = 4

/** The length from which a group of letters may itself be a secret. */
const MIN_SECRET = 16

/**
 * Returns the TOTP secrets in a text that holds nothing else; null for any other text. Each secret has its own line:
 * alone, after a name (`TOTP=…`), or below a heading. A line is an exact secret or none.
 * @throws InputError for `import` when a line may continue the secret above it
 */
export function readBareSecrets(text: string): FoundSecret[] | null {
  if (text.length > MAX_TEXT) return null
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim())
  const found: FoundSecret[] = []
  // Only letters, because another line may be a password, and headings are shown.
  let heading = ''
  let above: string | null = null
  for (const line of lines) {
    const [name, value] = nameAndValue(line)
    const secret = exactSecret(value)
    if (secret !== null) {
      found.push({ ...readName(heading || name, ''), secret: new Secret(secret) })
      heading = ''
    } else if (above !== null && mayContinue(above, line)) throw ambiguous()
    else if (/^[A-Za-z][A-Za-z &.()-]{1,39}:?$/.test(line)) heading ||= line.replace(/:$/, '')
    above = secret === null ? null : value
  }
  if (found.length === 0) return wrappedSecret(lines)
  const others = lines.filter((line) => line !== '').length - found.length
  return others <= found.length * MAX_OTHERS ? found : null
}

/** Returns a single secret that is wrapped over several lines. */
function wrappedSecret(lines: readonly string[]): FoundSecret[] | null {
  const secret = exactSecret(lines.join(' '))
  return secret === null ? null : [{ issuer: '', label: '', secret: new Secret(secret) }]
}

/** Splits a line into name and value, such as `TOTP key: JBSW…`; the value is the whole line for other names. */
function nameAndValue(line: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^["']?([\w .-]{1,40}?)["']?\s*[:=]\s*(\S.*)$/.exec(line) ?? []
  if (!/otp|2fa|mfa|authenticator|seed/i.test(name)) return ['', line]
  return [name, value.replace(/^(["'])(.*)\1[,;]?$/, '$2')]
}

/** Returns a text that is exactly one secret, in the form of `normaliseTotpSecret`; null for any other text. */
export function exactSecret(text: string): string | null {
  const plain = text.replace(/\p{Cf}/gu, '').trim()
  if (!/^[A-Za-z2-7]+(?:[\s\p{Pd}]+[A-Za-z2-7]+)*=*$/u.test(plain) || !isOneCase(plain)) return null
  const [first = '', ...more] = plain.replace(/=+$/, '').split(/[\s\p{Pd}]+/u)
  const last = more.at(-1) ?? ''
  const isRegular =
    more.slice(0, -1).every(({ length }) => length === first.length) && last.length <= first.length
  // Long groups are separate secrets.
  if (!isRegular || (more.length > 0 && first.length >= MIN_SECRET)) return null
  try {
    return normaliseTotpSecret(plain)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Returns whether letters have one case, apart from a first letter that a phone's keyboard has capitalised. */
const isOneCase = (text: string): boolean => {
  const rest = text.slice(1)
  return text === text.toUpperCase() || rest === rest.toLowerCase()
}

/** Returns whether a line below a secret may continue it: not longer, and both together are a secret. */
function mayContinue(secret: string, line: string): boolean {
  const sameCase = /^(?:[A-Z2-7\s-]+|[a-z2-7\s-]+)=*$/
  if (line === '' || line.length > secret.length || !sameCase.test(secret + line)) return false
  try {
    normaliseTotpSecret(secret + line)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

const ambiguous = (): InputError =>
  new InputError({
    import:
      'stopped: a line below a TOTP secret may belong to it or not; put an empty line between them, or join them',
  })
