import { INDIA, clockTime } from './morning-time.ts'
import { LOGIN, type Job, type Printed } from './printed.ts'

/** A service and its timer, as https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html has them. */
export function systemd({ node, program, env }: Job): Printed {
  // The user's own systemd has the session bus, and with it the keychain, of itself.
  const variables = Object.entries(env).filter(([name]) => name !== 'DBUS_SESSION_BUS_ADDRESS')
  const text = `# ~/.config/systemd/user/tokentray-login.service
[Unit]
Description=Log in at the brokers

[Service]
Type=oneshot
${variables.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`).join('')}ExecStart=${[node, '--', program, LOGIN].map(argument).join(' ')}

# ~/.config/systemd/user/tokentray-login.timer
[Unit]
Description=Log in at the brokers before the market opens

[Timer]
OnCalendar=Mon..Fri ${clockTime(INDIA)} ${INDIA.zone}
Persistent=true

[Install]
WantedBy=timers.target`
  return {
    text,
    how: [
      'Two files: save each part under the name above it, then run:',
      '  systemctl --user daemon-reload',
      '  systemctl --user enable --now tokentray-login.timer',
      'It needs your session’s keychain, so it runs while you are logged in; a morning that was missed is made up for.',
      'What it said: journalctl --user -u tokentray-login',
    ],
  }
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting */
const quoted = (text: string): string => {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')
  return /[\s"'\\;]/.test(text) ? `"${escaped}"` : escaped
}

/** In a command line, unlike elsewhere, `$` means something too. */
const argument = (text: string): string => quoted(text).replaceAll('$', '$$$$')
