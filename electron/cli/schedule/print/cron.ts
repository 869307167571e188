import { EVERY_DAY, LOGIN, hashed, zoneNote, type Job } from './job.ts'

/** The file with the passphrase of a sealed keychain, because cron offers nothing better. */
const PASSPHRASE_FILE = '.tokentray-passphrase'

/** Writes a line for `crontab -e`: https://man7.org/linux/man-pages/man5/crontab.5.html */
export function cron({ node, program, env, sealed, time }: Job): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
  const words = [node, '--', program, ...LOGIN].map(quoted)
  const passphrase = sealed ? [`--passphrase-fd 3 3<"$HOME/${PASSPHRASE_FILE}"`] : []
  const command = [...variables, ...words, ...passphrase].join(' ')
  // Cron reads a bare % as the end of the line.
  const line = `${time.minute} ${time.hour} * * * ${command.replaceAll('%', '\\%')}`
  return `${hashed([...how, ...(sealed ? forSealed : forSystem), ...zoneNote(time), EVERY_DAY])}\n${line}`
}

const how = [
  'Add the last of these lines with: crontab -e',
  'What it says comes by mail, if this computer has any.',
]

const forSystem = [
  'Cron starts outside your session: your keychain has to be open at that hour, so be logged in to the desktop,',
  'or keep the secrets in a sealed file (tokentray keychain init --sealed-file) and print this anew.',
]

const forSealed = [
  'The passphrase of the sealed keychain has to be in a file that only you can read:',
  `  (umask 077; cat > ~/${PASSPHRASE_FILE})      then type it, Enter, Ctrl-D`,
  'Whoever gets both files can open the keychain. “tokentray schedule print systemd” keeps the passphrase encrypted.',
]

const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
