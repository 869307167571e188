import { clockTime } from './morning-time.ts'
import { LOGIN, zoneNote, type Job, type Printed } from './printed.ts'

/** A line for `crontab -e`: https://man7.org/linux/man-pages/man5/crontab.5.html */
export function cron({ node, program, env, time }: Job): Printed {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
  const command = [...variables, ...[node, '--', program, LOGIN].map(quoted)].join(' ')
  const when = `${time.minute} ${time.hour} * * ${days(time.days)}`
  return {
    // To cron a bare % is the end of the line.
    text: `${when} ${command.replaceAll('%', '\\%')}`,
    how: [
      'Add this line with: crontab -e',
      ...zoneNote(time, clockTime(time)),
      'Where cron is cronie (Fedora, Arch and others; “man 5 crontab” names CRON_TZ), name the zone instead:',
      '  CRON_TZ=Asia/Kolkata',
      `  30 8 * * 1-5 …the same command`,
      'Cron starts outside your session: the keychain has to be open at that hour, so be logged in to the desktop, or',
      'keep the secrets in a sealed file (tokentray keychain --help).',
    ],
  }
}

/** Five days in a row, of which Sunday is either first or none. */
const days = (all: readonly number[]): string => `${Math.min(...all)}-${Math.max(...all)}`

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
