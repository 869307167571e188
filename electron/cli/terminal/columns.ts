import { wrapped } from './paint.ts'

/** The longest line that reads well, characters. */
const COLUMNS = 100

/** Wraps a text between words and indents it. */
export const indented = (text: string, by: number): string[] =>
  text.split('\n').flatMap((line) => wrapped(line, COLUMNS - by).map((part) => `${' '.repeat(by)}${part}`))

/** Lays out a word with its meaning in a column beside it. */
export function explained(word: string, meaning: string, wide: number): string[] {
  const [first = '', ...others] = wrapped(meaning, COLUMNS - wide - 1)
  return [`${word.padEnd(wide)} ${first}`, ...others.map((line) => `${' '.repeat(wide + 1)}${line}`)]
}
