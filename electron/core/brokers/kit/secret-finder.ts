import { spellingsAt, folded } from './spellings.ts'

/** Where a secret ends in a text, and which of the values it is; -1 for an unknown key. */
export interface Found {
  readonly end: number
  readonly value: number
}

/** What the search in one text has cost and learnt. */
export class Work {
  /** Readings that lead to no secret, wherever they began: a row of backslashes can be read in countless ways. */
  readonly dead = new Set<number>()
  /** The steps that are left. A step compares one character of the text with the values. */
  left: number

  constructor(steps: number) {
    this.left = steps
  }
}

/** The values that are still possible after some characters: `from` to before `to`, and where the text goes on. */
interface Reading {
  readonly at: number
  readonly from: number
  readonly to: number
}

/** Finds any of many secrets at a place of a text, in any mixture of spellings. All are looked for at once. */
export class SecretFinder {
  /** Sorted by code points, so that the values that begin alike are neighbours. */
  readonly #values: readonly (readonly number[])[]
  readonly #hidesKeys: boolean

  /** @param hidesKeys whether everything that looks like a key is a secret, because not all values are known */
  constructor(values: Iterable<string>, hidesKeys = false) {
    const filled = [...new Set(values)].filter((value) => value !== '')
    this.#values = filled
      .map((value) => Array.from(value, (char) => folded(char.codePointAt(0) ?? 0)))
      .sort(byCodePoints)
    this.#hidesKeys = hidesKeys
  }

  /**
   * Returns the secret at `start` that reaches furthest; null for none.
   * @param except a value that is not looked for
   * @param work is lowered; a negative rest means that the answer is not to be trusted
   */
  find(text: string, start: number, except: number, work: Work): Found | null {
    let furthest: Found | null = this.#keyAt(text, start)
    let readings: Reading[] = [{ at: start, from: 0, to: this.#values.length }]
    const seen = new Set<number>()
    work.left--
    for (let depth = 0; readings.length > 0 && work.left >= 0; depth++) {
      const next: Reading[] = []
      for (const { at, from, to } of readings) {
        const spellings = spellingsAt(text, at)
        work.left -= spellings.length
        for (const { char, end } of spellings) {
          const reading = { at: end, ...this.#narrowed(from, to, depth, char) }
          const isOther = reading.to - reading.from > 1 || reading.from !== except
          if (reading.from === reading.to || !isOther) continue
          if (spellings.length > 1 || readings.length > 1) {
            const key = (depth * this.#values.length + reading.from) * text.length + end
            if (seen.has(key) || work.dead.has(key)) continue
            seen.add(key)
          }
          next.push(reading)
          const isWhole = this.#values[reading.from]?.length === depth + 1
          if (isWhole && end > (furthest?.end ?? start)) furthest = { end, value: reading.from }
        }
      }
      readings = next
    }
    if (furthest === null && except === -1) for (const key of seen) work.dead.add(key)
    return furthest
  }

  #keyAt(text: string, start: number): Found | null {
    if (!this.#hidesKeys || (start > 0 && /\S/.test(text.charAt(start - 1)))) return null
    const key = /\S{16,}/y
    key.lastIndex = start
    return key.test(text) ? { end: key.lastIndex, value: -1 } : null
  }

  /** Returns which of the values from `from` to before `to` have a character at `depth`. */
  #narrowed(from: number, to: number, depth: number, char: number): { from: number; to: number } {
    if (to - from === 1) return { from, to: this.#values[from]?.[depth] === char ? to : from }
    const first = this.#firstOf(from, to, depth, char)
    return { from: first, to: this.#firstOf(first, to, depth, char + 1) }
  }

  #firstOf(from: number, to: number, depth: number, char: number): number {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#values[middle]?.[depth] ?? -1) < char) low = middle + 1
      else high = middle
    }
    return low
  }
}

function byCodePoints(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((char, index) => char !== b[index])
  return different === -1 ? a.length - b.length : (a[different] ?? 0) - (b[different] ?? -1)
}
