import { wrapped } from './paint.ts'

/** What people like to read of a line, characters. */
const COLUMNS = 100

/** A text's lines, broken between words and moved to the right. */
export const indented = (text: string, by: number): string[] =>
  text.split('\n').flatMap((line) => wrapped(line, COLUMNS - by).map((part) => `${' '.repeat(by)}${part}`))

/** A word with what it means in a column beside it. */
export function explained(word: string, meaning: string, wide: number): string[] {
  const [first = '', ...others] = wrapped(meaning, COLUMNS - wide - 1)
  return [`${word.padEnd(wide)} ${first}`, ...others.map((line) => `${' '.repeat(wide + 1)}${line}`)]
}
