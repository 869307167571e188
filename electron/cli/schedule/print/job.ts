import { clockTime, type LocalTime } from './local-time.ts'

/** What a scheduler is to run: all with full paths, because schedulers know no others. */
export interface Job {
  readonly node: string
  readonly program: string
  /** Whose accounts they are: a user of this computer. */
  readonly user: string
  /** Variables that it would miss: a moved state folder, the way to the keychain. */
  readonly env: Readonly<Record<string, string>>
  /** Whether secrets are in a sealed file, whose passphrase the scheduler has to give. */
  readonly sealed: boolean
  readonly time: LocalTime
}

/** The command behind the two paths: every account, tokens that still work are kept. */
export const LOGIN = ['login', '--trading-days'] as const

/** What to say where a scheduler knows no zone but the computer's own. */
export function zoneNote({ hour, minute, zone, earlierInSummer }: LocalTime): string[] {
  const inSummer = 8 * 60 + 30 - earlierInSummer
  const early = clockTime(Math.floor(inSummer / 60), inSummer % 60)
  return [
    `It runs at ${clockTime(hour, minute)} in this computer’s zone (${zone}), which is 08:30 in India` +
      (earlierInSummer === 0 ? '.' : ` and, in summer time, ${early}.`),
    'If you move the computer to another zone, print it anew.',
  ]
}

/** What every scheduler has in common. */
export const EVERY_DAY = 'It starts every day and does nothing on days on which the exchange is closed.'

/** Lines as a comment of a file whose comments begin with `#`. */
export const hashed = (lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n')

/** Lines as a comment of XML; two dashes would end it. */
export const xmlComment = (lines: readonly string[]): string =>
  `<!--\n${lines.map((line) => `  ${line.replaceAll(/--+/g, '-')}`).join('\n')}\n-->`

/** Text between the tags of XML, or in its attributes. */
export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
