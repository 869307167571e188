import type { ComputerFacts } from '../../services/computer.ts'
import type { LoginError } from '../../core/errors.ts'

/** Lists the steps to a keychain on a Linux computer without a screen. Empty elsewhere, or where the keychain works. */
export function keychainAdvice(
  problem: LoginError | null,
  kind: ComputerFacts['keychainKind'],
  hasBus: boolean,
  platform: NodeJS.Platform = process.platform,
): string[] {
  if (problem === null || kind !== 'system' || platform !== 'linux') return []
  return [...(problem.kind === 'keychain-missing' ? toInstall(hasBus) : []), ...toUnlock]
}

const toInstall = (hasBus: boolean): string[] => [
  ...(hasBus ? [] : ['There is no session bus here, and the Secret Service is on it.']),
  'On Debian or Ubuntu: sudo apt install gnome-keyring libsecret-1-0 dbus-user-session',
  'On Fedora: sudo dnf install gnome-keyring libsecret dbus-daemon',
  'On a server, keep your session and its bus running without a login: sudo loginctl enable-linger "$USER"',
]

const toUnlock = [
  'To unlock it at boot, have a systemd user service run this, with the keyring’s password in a credential:',
  '  ExecStart=/bin/sh -c \'gnome-keyring-daemon --foreground --unlock --components=secrets <"$CREDENTIALS_DIRECTORY/keyring"\'',
  'Or do without it: tokentray keychain init --sealed-file keeps secrets in an encrypted file.',
]
