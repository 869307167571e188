import { harmlessLines } from '../../core/harmless.ts'
import type { Paint } from './paint.ts'

/** A part of a line in one colour. */
export interface Span {
  readonly text: string
  readonly tone: Parameters<Paint>[1]
}

/** A line of output, whole or in parts of which some are coloured on a terminal. */
export type Styled = string | readonly (string | Span)[]

/** Returns the text of a line without its colours. */
export const plainText = (line: Styled): string =>
  typeof line === 'string' ? line : line.map((part) => (typeof part === 'string' ? part : part.text)).join('')

/** Returns a line that is safe to print, with its colours where `paint` gives them. */
export const rendered = (line: Styled, paint: Paint): string =>
  typeof line === 'string'
    ? harmlessLines(line)
    : line
        .map((part) =>
          typeof part === 'string' ? harmlessLines(part) : paint(harmlessLines(part.text), part.tone),
        )
        .join('')

/** Cuts a line to a width, so that a terminal does not break it. */
export function cut(line: Styled, width: number): Styled {
  if (plainText(line).length <= width) return line
  const kept: (string | Span)[] = []
  let room = width - 1
  for (const part of typeof line === 'string' ? [line] : line) {
    const text = typeof part === 'string' ? part : part.text
    const shown = text.slice(0, room)
    kept.push(typeof part === 'string' ? shown : { ...part, text: shown })
    room -= shown.length
    if (room === 0) break
  }
  return [...kept, '…']
}

/** Pads a text to a column. Longer ones are cut. */
export const padded = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)
