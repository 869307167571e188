/** Returns the word that was probably meant by a mistyped one; null when none is near. */
export function nearest(typed: string, words: Iterable<string>): string | null {
  const allowed = Math.max(1, Math.floor(typed.length / 3))
  let best: { readonly word: string; readonly distance: number } | null = null
  for (const word of words) {
    const isBeginning = typed.length > 1 && word.startsWith(typed)
    const distance = isBeginning ? 1 : editsBetween(typed, word)
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { word, distance }
  }
  return best?.word ?? null
}

/** Returns ` Did you mean “status”?`; empty when no word is near. */
export const didYouMean = (typed: string, words: Iterable<string>): string =>
  suggesting(nearest(typed, words))

/** Returns ` Did you mean “account list”?`; empty when nothing is known to be meant. */
export const suggesting = (meant: string | null): string =>
  meant === null ? '' : ` Did you mean “${meant}”?`

/** Counts the letters to insert, remove, replace or swap with a neighbour. */
function editsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    const at = (r: number, c: number): number => (r === row ? line[c] : rows[r]?.[c]) ?? Infinity
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          row > 1 && isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      )
    }
    rows.push(line)
  }
  return rows[one.length]?.[other.length] ?? Infinity
}
