import { asCalled } from '../terminal/call.ts'
import { folded } from '../terminal/columns.ts'
import type { Styled } from '../terminal/styled.ts'
import type { Io } from '../terminal/terminal.ts'

/** A line of the report, and whether what it is about is well; null for what can't be either. */
export interface Line {
  readonly text: string
  readonly isWell: boolean | null
}

/** Returns lines about what is neither well nor not. */
export const plainLines = (texts: readonly string[]): Line[] => texts.map((text) => ({ text, isWell: null }))

/** Returns a line for the output, on a terminal with its sign. */
export function marked({ text, isWell }: Line, io: Pick<Io, 'width' | 'call'>): Styled {
  if (io.width === null) return text
  // Folded with the room for the sign, so that its further lines stand below the first.
  const words = folded(`  ${asCalled(text, io.call)}`, io.width)
  if (isWell === null) return words
  return [isWell ? { text: '✓', tone: 'good' } : { text: '✗', tone: 'bad' }, words.slice(1)]
}
