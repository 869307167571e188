import { wrapped } from './paint.ts'

/** The longest line that reads well, characters. */
const COLUMNS = 100

/** Returns the width for help on a terminal of `columns`; null without one. */
export const helpWidth = (columns: number | null): number => Math.min(columns ?? COLUMNS, COLUMNS)

/** Wraps a text between words and indents it. */
export const indented = (text: string, by: number, width = COLUMNS): string[] =>
  text.split('\n').flatMap((line) => wrapped(line, width - by).map((part) => `${' '.repeat(by)}${part}`))

/** Lays out a word with its meaning in a column beside it, or below it where there is no room. */
export function explained(word: string, meaning: string, wide: number, width = COLUMNS): string[] {
  const parts = wrapped(meaning, Math.max(20, width - wide - 1))
  const rest = (lines: readonly string[]): string[] => lines.map((line) => `${' '.repeat(wide + 1)}${line}`)
  if (word.length > wide) return [word, ...rest(parts)]
  const [first = '', ...others] = parts
  return [`${word.padEnd(wide)} ${first}`, ...rest(others)]
}

/** Folds a line to a width between words. Its further lines keep its indentation. */
export function folded(line: string, width: number | null): string {
  if (width === null || line.length <= width) return line
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines = line
    .trimStart()
    .split('\n')
    .flatMap((part) => wrapped(part, Math.max(20, width - indent.length)))
  return lines.map((part) => `${indent}${part}`).join('\n')
}
