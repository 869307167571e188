import { clockTime, type LocalTime } from './local-time.ts'

/** What a scheduler runs, with absolute paths, because schedulers know no others. */
export interface Job {
  readonly node: string
  readonly program: string
  /** The user of this computer who owns the accounts. */
  readonly user: string
  /** Variables that the scheduler does not set: another state folder, the session bus of the keychain. */
  readonly env: Readonly<Record<string, string>>
  /** Whether secrets are in a sealed file, whose passphrase the scheduler must supply. */
  readonly sealed: boolean
  readonly time: LocalTime
}

/** The arguments after the two paths: logs in every account, and keeps tokens that still work. */
export const LOGIN = ['login', '--trading-days'] as const

/** Returns the note for a scheduler that knows only the computer's own zone. */
export function zoneNote({ hour, minute, zone, earlierInSummer }: LocalTime): string[] {
  const inSummer = 8 * 60 + 30 - earlierInSummer
  const early = clockTime(Math.floor(inSummer / 60), inSummer % 60)
  return [
    `It runs at ${clockTime(hour, minute)} in this computer’s zone (${zone}), which is 08:30 in India` +
      (earlierInSummer === 0 ? '.' : ` and, in summer time, ${early}.`),
    'If you move the computer to another zone, print it anew.',
  ]
}

/** The note that every printed schedule carries. */
export const EVERY_DAY = 'It starts every day and does nothing on days on which the exchange is closed.'

/** Turns lines into `#` comments. */
export const hashed = (lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n')

/** Turns lines into an XML comment, without the two dashes that would end it. */
export const xmlComment = (lines: readonly string[]): string =>
  `<!--\n${lines.map((line) => `  ${line.replaceAll(/--+/g, '-')}`).join('\n')}\n-->`

/** Escapes a text for XML content and attributes. */
export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
