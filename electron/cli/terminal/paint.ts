import type { StatusShape, Tone } from '../../contract/status.ts'
import { cleanWords } from '../../core/brokers/kit/clean-text.ts'

/** Colours a text for the terminal. */
export type Paint = (text: string, tone: Tone | 'bold' | 'dim' | 'chosen') => string

const codes: Readonly<Record<Parameters<Paint>[1], string>> = {
  good: '32',
  busy: '36',
  plain: '0',
  warn: '33',
  bad: '31',
  bold: '1',
  dim: '2',
  chosen: '7',
}

/** Leaves texts as they are. */
export const unpainted: Paint = (text) => text

/** Returns what colours texts, or leaves them plain as https://no-color.org asks. */
export function painter(env: NodeJS.ProcessEnv): Paint {
  if ((env['NO_COLOR'] ?? '') !== '') return unpainted
  return (text, tone) => `\x1b[${codes[tone]}m${text}\x1b[0m`
}

export const signs: Readonly<Record<StatusShape, string>> = {
  disc: '●',
  ring: '○',
  half: '◐',
  arc: '◌',
  bang: '!',
  cross: '✗',
  query: '?',
  pause: '‖',
  cut: '~',
  key: '·',
}

/** Removes control characters, which a terminal would act upon, from foreign text. */
export const plain = (text: string): string => cleanWords(text, [])

/** Breaks a text between words into lines of at most `width` characters. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
