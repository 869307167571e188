import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import path from 'node:path'
import type { LaunchAtLogin } from '../core/ports.ts'
import { execLine, readDesktopEntry, stringValue } from './desktop-entry.ts'
import type { Home } from './home.ts'
import { makeFolder } from './make-folder.ts'
import { removeFile } from './remove-file.ts'
import { replaceFile } from './replace-file.ts'

export interface AutostartDeps {
  readonly env: NodeJS.ProcessEnv
  readonly home: Home
  /** The absolute path of the executable that starts this TokenTray, and its arguments. */
  readonly program: readonly [string, ...string[]]
  /** The flags for a start without and with a window. */
  readonly flags: { readonly hidden: string; readonly open: string }
}

/**
 * Keeps the file by which Linux desktops start TokenTray at login
 * (https://specifications.freedesktop.org/autostart-spec/latest/).
 */
export class AutostartFile implements LaunchAtLogin {
  readonly #deps: AutostartDeps
  readonly #file: string

  constructor(deps: AutostartDeps) {
    this.#deps = deps
    this.#file = path.join(configFolder(deps.env), 'autostart', `${entryName(deps)}.desktop`)
  }

  /** Tells whether the desktop will start it, because the user may have deleted the file or disabled it there. */
  async isOn(): Promise<boolean> {
    const entry = readDesktopEntry(await readFile(this.#file, 'utf8').catch(() => ''))
    if (entry === null) return false
    if (entry.get('Hidden') === 'true' || entry.get('X-GNOME-Autostart-enabled') === 'false') return false
    // The desktop does not start an AppImage that has moved or was replaced by a newer one.
    const program = entry.get('TryExec')
    return program === undefined || (await canBeRun(program))
  }

  async set(on: boolean, hidden: boolean): Promise<void> {
    if (!on) return removeFile(this.#file)
    await makeFolder(path.dirname(this.#file))
    return replaceFile(this.#file, this.#text(hidden))
  }

  #text(hidden: boolean): string {
    const { env, program, flags } = this.#deps
    const home = env['TOKENTRAY_HOME'] ?? ''
    // Names the profile, so that a second one starts as itself.
    const profile = home === '' ? [] : [`TOKENTRAY_HOME=${path.resolve(home)}`]
    // GLib looks up the escaped name, so it does not find a program with a percent sign in its path.
    const launcher = profile.length > 0 || program[0].includes('%') ? ['env', ...profile] : []
    const command = [...launcher, ...program, hidden ? flags.hidden : flags.open]
    return [
      '[Desktop Entry]',
      'Type=Application',
      'Name=TokenTray',
      'Comment=Access tokens and TOTP codes for Indian brokers',
      `Exec=${execLine(command)}`,
      `TryExec=${stringValue(program[0])}`,
      'Icon=tokentray',
      'Terminal=false',
      'X-GNOME-Autostart-enabled=true',
      '',
    ].join('\n')
  }
}

/** Returns a name per profile, so that profiles do not replace each other's entry. */
function entryName({ env, home }: AutostartDeps): string {
  if ((env['TOKENTRAY_HOME'] ?? '') === '') return 'tokentray'
  return `tokentray-${createHash('sha256').update(home.dir).digest('hex').slice(0, 8)}`
}

/** Ignores a relative path in the variable (https://specifications.freedesktop.org/basedir-spec/latest/). */
function configFolder(env: NodeJS.ProcessEnv): string {
  const folder = env['XDG_CONFIG_HOME'] ?? ''
  return path.isAbsolute(folder) ? folder : path.join(env['HOME'] ?? homedir(), '.config')
}

async function canBeRun(program: string): Promise<boolean> {
  return access(program, constants.X_OK).then(
    () => true,
    () => false,
  )
}
