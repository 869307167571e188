import type { Quote } from './parse.ts'

/** A pattern in a value and why readers differ, as the end of a sentence that begins with the value's name. */
type Ambiguity = readonly [sign: RegExp, why: string]

const DIFFERS = 'is read in different ways:'

const anywhere: readonly Ambiguity[] = [
  [/\uFFFD/, 'has “\uFFFD” in it, which stands for a letter that was lost when the file was saved'],
]

const byQuote: Readonly<Record<Quote, readonly Ambiguity[]>> = {
  none: [
    [/#/, `${DIFFERS} npm’s dotenv and Node end it at its “#”`],
    [/`/, `${DIFFERS} npm’s dotenv and Node take its backtick for a quote, and a shell for a command`],
    [/\\/, `${DIFFERS} a shell leaves out its backslash`],
    [/\$/, `${DIFFERS} a shell takes its “$” for the beginning of a name`],
    [/['"]/, `${DIFFERS} a shell leaves out the quotes within it`],
    [/^[“”„‟‘’‚‛«»]|[“”„‟‘’‚‛«»]$/, 'has curly quotes, which no reader takes for quotes'],
    [
      /[\u00AD\u200B-\u200F\u2060\uFEFF]/,
      'has an invisible character in it, which came along when it was copied',
    ],
  ],
  single: [
    [/\\[\\']/, `${DIFFERS} python-dotenv and npm’s dotenv differ about its backslash`],
    [/\$\{/, `${DIFFERS} python-dotenv puts a value in place of its “\${”, and others don’t`],
  ],
  double: [
    [/\\[\\'"abfnrtv$`]/, `${DIFFERS} readers differ about its backslash`],
    [/\$/, `${DIFFERS} a shell takes its “$” for the beginning of a name`],
    [/`/, `${DIFFERS} a shell takes its backtick for a command`],
  ],
}

/**
 * Returns why readers of `.env` files (python-dotenv, npm's dotenv, Node, a POSIX shell) read a value differently, or
 * why the value is probably wrong; null when all agree.
 * @param raw the value as written, without its quotes and without the references that all readers expand
 */
export function ambiguityOf(quote: Quote, raw: string): string | null {
  const ambiguity = [...anywhere, ...byQuote[quote]].find(([sign]) => sign.test(raw))
  return ambiguity === undefined ? null : ambiguity[1]
}
