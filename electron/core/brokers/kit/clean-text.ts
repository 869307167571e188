import { harmless, isSteering } from '../../harmless.ts'
import type { Secret } from '../../secret.ts'
import { type Found, SecretFinder, Work } from './secret-finder.ts'

const MAX_LENGTH = 500

/** The most steps for one text, some tens of milliseconds. What is not reached in them is not shown. */
export const MAX_STEPS = 100_000

/** Cleans a broker's message of the values of these secrets; see `redactWords`. */
export const cleanWords = (words: string, secrets: Iterable<Secret>): string =>
  redactWords(words, new SecretFinder(Array.from(secrets, (secret) => secret.reveal())))

/**
 * Cleans a broker's message for display and storage: removes control and invisible characters, cuts it to a readable
 * length and replaces every secret that the broker may have echoed. Reads no further than is shown, so that no message
 * takes long, and cuts only what is clean, so that no half of a secret is left.
 * @param work the steps that are allowed for it
 */
export function redactWords(words: string, finder: SecretFinder, work = new Work(MAX_STEPS)): string {
  let clean = ''
  let secret: Found = { end: 0, value: -1 }
  let afterControl = false
  let shown = 0
  for (let at = 0; at < words.length && shown <= MAX_LENGTH; at++) {
    const isInside = at < secret.end
    const found = finder.find(words, at, isInside ? secret.value : -1, work)
    if (work.left < 0) return `${harmless(clean).trim().slice(0, MAX_LENGTH)}…`
    if (found !== null && found.end > secret.end) {
      if (!isInside) {
        clean += '[secret]'
        shown = clean.length
      }
      secret = found
    }
    if (at < secret.end) {
      afterControl = false
      continue
    }
    const char = words.charAt(at)
    const isControl = isSteering(char)
    const isSpace = isControl || char.trim() === ''
    // One space for a row of control characters, and none before the first word.
    if (isSpace && clean === '') continue
    if (!isControl || !afterControl) clean += isControl ? ' ' : char
    if (!isSpace) shown = clean.length
    afterControl = isControl
  }
  // Once more, because the loop sees only half of a character beyond U+FFFF.
  clean = harmless(clean).trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}
