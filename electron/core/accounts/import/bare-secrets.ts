import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret } from '../../totp/code.ts'
import { readName, type FoundSecret } from './found-secret.ts'

/** More than a note with a few secrets has, characters. */
const MAX_TEXT = 10_000
/** Headings and remarks for each secret; a text with more is prose. */
const MAX_OTHERS = 4
/** Groups of so many letters may be secrets of their own. */
const MIN_SECRET = 16

/**
 * The TOTP secrets in a text of nothing but them: each on a line of its own, alone, behind a name that says what it is
 * (`TOTP=…`), or below a heading. Null for any other text. What is in a line is a secret as it stands, or none.
 * @throws InputError for `import` when a line may be the rest of the secret above it
 */
export function readBareSecrets(text: string): FoundSecret[] | null {
  if (text.length > MAX_TEXT) return null
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim())
  const found: FoundSecret[] = []
  // Of letters alone: another line may be a password, and names are shown.
  let heading = ''
  let above: string | null = null
  for (const line of lines) {
    const [name, value] = named(line)
    const secret = secretAsItStands(value)
    if (secret !== null) {
      found.push({ ...readName(heading || name, ''), secret: new Secret(secret) })
      heading = ''
    } else if (above !== null && mayGoOn(above, line)) throw unclear()
    else if (/^[A-Za-z][A-Za-z &.()-]{1,39}:?$/.test(line)) heading ||= line.replace(/:$/, '')
    above = secret === null ? null : value
  }
  if (found.length === 0) return wrapped(lines)
  const others = lines.filter((line) => line !== '').length - found.length
  return others <= found.length * MAX_OTHERS ? found : null
}

/** One secret over several lines, of which none is one. */
function wrapped(lines: readonly string[]): FoundSecret[] | null {
  const secret = secretAsItStands(lines.join(' '))
  return secret === null ? null : [{ issuer: '', label: '', secret: new Secret(secret) }]
}

/** A line's name and value, such as `TOTP key: JBSW…`; without a name that is one of a TOTP secret, the whole line. */
function named(line: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^["']?([\w .-]{1,40}?)["']?\s*[:=]\s*(\S.*)$/.exec(line) ?? []
  if (!/otp|2fa|mfa|authenticator|seed/i.test(name)) return ['', line]
  return [name, value.replace(/^(["'])(.*)\1[,;]?$/, '$2')]
}

/** Base32 as `normaliseTotpSecret` gives it; null for what is more, less or something else than one secret. */
export function secretAsItStands(text: string): string | null {
  const plain = text.replace(/\p{Cf}/gu, '').trim()
  if (!/^[A-Za-z2-7]+(?:[\s\p{Pd}]+[A-Za-z2-7]+)*=*$/u.test(plain) || !isOneCase(plain)) return null
  const [first = '', ...more] = plain.replace(/=+$/, '').split(/[\s\p{Pd}]+/u)
  const last = more.at(-1) ?? ''
  const isRegular =
    more.slice(0, -1).every(({ length }) => length === first.length) && last.length <= first.length
  // Groups that are long enough are secrets of their own.
  if (!isRegular || (more.length > 0 && first.length >= MIN_SECRET)) return null
  try {
    return normaliseTotpSecret(plain)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Capitals, or not, or one that a phone's keyboard has made the first letter. */
const isOneCase = (text: string): boolean => {
  const rest = text.slice(1)
  return text === text.toUpperCase() || rest === rest.toLowerCase()
}

/** Whether a line right below a secret may be the rest of it: no longer than that, and a secret with it. */
function mayGoOn(secret: string, line: string): boolean {
  const isOfOne = /^(?:[A-Z2-7\s-]+|[a-z2-7\s-]+)=*$/
  if (line === '' || line.length > secret.length || !isOfOne.test(secret + line)) return false
  try {
    normaliseTotpSecret(secret + line)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

const unclear = (): InputError =>
  new InputError({
    import:
      'stopped: a line below a TOTP secret may belong to it or not; put an empty line between them, or join them',
  })
