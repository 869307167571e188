import { padded, plainText, type Span, type Styled } from './styled.ts'

/** A cell of a table: a text, or one in a colour. */
export type Cell = string | Span

const textOf = (cell: Cell): string => plainText([cell])

/** The space between two columns. */
const GAP = '  '

/**
 * Lays out rows in columns as wide as their widest cell.
 * @param heads the names of the columns; a column without one is a sign
 * @param width of the terminal; the columns that `mayGo` names are left out, in that order, until the rest fits
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  width: number,
  mayGo: readonly string[] = [],
): Styled[] {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => textOf(row[column] ?? '').length)),
  )
  const total = widths.reduce((sum, wide) => sum + wide + GAP.length, -GAP.length)
  const [first, ...others] = mayGo
  const gone = first === undefined ? -1 : heads.indexOf(first)
  if (total > width && first !== undefined) {
    const without = <T>(cells: readonly T[]): T[] => cells.filter((_, column) => column !== gone)
    return table(
      without(heads),
      rows.map((row) => without(row)),
      width,
      others,
    )
  }
  const line = (cells: readonly Cell[]): Styled =>
    cells.flatMap((cell, column) => {
      const isLast = column === cells.length - 1
      const wide = widths[column] ?? 0
      const shown = (text: string): string => (isLast ? text : padded(text, wide))
      const part: Cell = typeof cell === 'string' ? shown(cell) : { ...cell, text: shown(cell.text) }
      return column === 0 ? [part] : [GAP, part]
    })
  const head = line(heads.map((text): Span => ({ text, tone: 'dim' })))
  return [head, ...rows.map(line)]
}
