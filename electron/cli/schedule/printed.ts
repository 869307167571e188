import type { LocalTime } from './morning-time.ts'

/** What a scheduler is to run: all with full paths, because schedulers know no others. */
export interface Job {
  readonly node: string
  readonly program: string
  /** Variables that it would miss: a moved state folder, the way to the keychain. */
  readonly env: Readonly<Record<string, string>>
  readonly time: LocalTime
}

/** What is printed for a scheduler. */
export interface Printed {
  /** For its file, or its files. */
  readonly text: string
  /** How to install it, a line each. */
  readonly how: readonly string[]
}

/** The command behind the two paths: every account, tokens that still work are kept. */
export const LOGIN = 'login'

/** What to say where a scheduler knows no zone but the computer's own. */
export function zoneNote({ zone, changes }: LocalTime, time: string): string[] {
  return [
    `It runs at ${time} of this computer’s zone (${zone}), which is 08:30 in India. If you move the computer, print it anew.`,
    ...(changes
      ? [
          'That zone has summer time and India has not: print it anew after each change, or it comes an hour off.',
        ]
      : []),
  ]
}

/** Text between the tags of XML, or in its attributes. */
export const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
