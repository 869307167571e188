import { CREDENTIAL } from '../../../services/passphrase.ts'
import { INDIA } from './local-time.ts'
import { EVERY_DAY, LOGIN, hashed, type Job } from './job.ts'

const CREDENTIAL_FILE = '/etc/tokentray/passphrase.cred'

/**
 * Writes a service and its timer: https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html
 * They are the user's, whose session has the keychain, or the system's for a sealed keychain, which needs no session.
 */
export function systemd(job: Job): string {
  const folder = job.sealed ? '/etc/systemd/system' : '~/.config/systemd/user'
  return `${hashed([...(job.sealed ? forSealed : forSystem), '', EVERY_DAY])}

# ${folder}/tokentray-login.service
[Unit]
Description=Log in at the brokers
${job.sealed ? 'Wants=network-online.target\nAfter=network-online.target\n' : ''}
[Service]
Type=oneshot
# Longer than the longest login with all its retries; without it, one that hangs holds up every later morning.
TimeoutStartSec=15min
# A crash leaves no copy of its memory, which has secrets in it.
LimitCORE=0
${service(job).join('\n')}

# ${folder}/tokentray-login.timer
[Unit]
Description=Log in at the brokers before the market opens

[Timer]
OnCalendar=*-*-* ${INDIA.time} ${INDIA.zone}
Persistent=true

[Install]
WantedBy=timers.target`
}

function service({ node, program, user, env, sealed }: Job): string[] {
  // A user's systemd sets the session bus itself, and a sealed keychain does without.
  const variables = Object.entries(env).filter(([name]) => name !== 'DBUS_SESSION_BUS_ADDRESS')
  return [
    ...(sealed ? [`User=${user}`, `LoadCredentialEncrypted=${CREDENTIAL}:${CREDENTIAL_FILE}`] : []),
    ...variables.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`),
    `ExecStart=${[node, '--', program, ...LOGIN].map(argument).join(' ')}`,
  ]
}

const forSystem = [
  'Two files: save each part under the name above it, then run:',
  '  systemctl --user daemon-reload',
  '  systemctl --user enable --now tokentray-login.timer',
  'To try it at once: systemctl --user start tokentray-login',
  'What it said: journalctl --user -u tokentray-login',
  'It needs your session’s keychain, so it runs while you are logged in; a morning that was missed is made up for.',
  'On a server, where nobody is, “tokentray doctor” tells how to have a keychain all the same.',
]

// https://www.freedesktop.org/software/systemd/man/latest/systemd-creds.html
const forSealed = [
  'Your secrets are in a sealed file, so this needs nobody to be logged in. Put its passphrase into a credential that',
  'this computer alone can decrypt (systemd 250 or newer); you are asked for it, unseen:',
  '  sudo mkdir -p /etc/tokentray',
  `  systemd-ask-password -n | sudo systemd-creds encrypt --name=${CREDENTIAL} - ${CREDENTIAL_FILE}`,
  'Then two files: save each part, as root, under the name above it, and run:',
  '  sudo systemctl daemon-reload',
  '  sudo systemctl enable --now tokentray-login.timer',
  'To try it at once: sudo systemctl start tokentray-login',
  'What it said: journalctl -u tokentray-login',
  'A morning that was missed is made up for when the computer is on again.',
]

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting */
const quoted = (text: string): string => {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')
  return /[\s"'\\;]/.test(text) ? `"${escaped}"` : escaped
}

/** Also escapes `$`, which is special only in command lines. */
const argument = (text: string): string => quoted(text).replaceAll('$', '$$$$')
