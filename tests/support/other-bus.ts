import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ask } from './programs.ts'
import { unlockThrough } from './keyring-control.ts'
import { until } from './until.ts'

/** The password of a keyring that holds only what a test has stored. */
const PASSWORD = 'test'

const SECRETS = 'org.freedesktop.secrets'

/**
 * Runs an empty session bus beside the desktop's: no tray, and no keychain until it is started.
 * Unlike the desktop's bus it starts no program on demand, so a missing service stays missing.
 */
export class OtherBus {
  /** The environment of programs on this bus. A variable that is undefined is removed. */
  readonly env: NodeJS.ProcessEnv
  readonly #folder: string
  #daemon: ChildProcess | null = null
  #keychain: ChildProcess | null = null

  private constructor(folder: string) {
    this.#folder = folder
    this.env = {
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(folder, 'run', 'bus')}`,
      XDG_RUNTIME_DIR: path.join(folder, 'run'),
      XDG_DATA_HOME: path.join(folder, 'data'),
    }
  }

  static async start(): Promise<OtherBus> {
    const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-bus-'))
    for (const name of ['run', 'data', 'services']) await mkdir(path.join(folder, name), { mode: 0o700 })
    const bus = new OtherBus(folder)
    const config = path.join(folder, 'bus.conf')
    await writeFile(config, busConfig(folder))
    bus.#daemon = bus.#start('dbus-daemon', ['--nofork', '--nopidfile', `--config-file=${config}`])
    await until('the bus', async () => ((await bus.#owns('org.freedesktop.DBus')) ? true : null))
    return bus
  }

  /** Starts a keychain with an open keyring. */
  async startKeychain(): Promise<void> {
    await this.#startDaemon(['--unlock'])
    await until('the open keyring', async () => ((await this.#isLocked()) === false ? true : null))
  }

  /** Starts a keychain without a password, which has no keyring to store into. */
  async startUnopenedKeychain(): Promise<void> {
    await this.#startDaemon([])
  }

  /** Makes a locked keyring prompt for its password on the display, where no user sits. */
  async installPrompter(): Promise<void> {
    const name = 'org.gnome.keyring.SystemPrompter.service'
    await copyFile(path.join('/usr/share/dbus-1/services', name), path.join(this.#folder, 'services', name))
    await this.#send('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.ReloadConfig')
  }

  /** Locks the keyring, as some desktops do together with the screen. */
  async lockKeychain(): Promise<void> {
    const keyring = 'array:objpath:/org/freedesktop/secrets/collection/login'
    await this.#send(SECRETS, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', keyring)
    await until('the locked keyring', async () => ((await this.#isLocked()) === true ? true : null))
  }

  /** Stops the keychain's replies, as an unseen prompt does. Requests still reach it. */
  freezeKeychain(): void {
    this.#keychain?.kill('SIGSTOP')
  }

  thawKeychain(): void {
    this.#keychain?.kill('SIGCONT')
  }

  /** Unlocks the keyring with its password, as a desktop login does. */
  async unlockKeychain(): Promise<void> {
    await unlockThrough(path.join(this.#folder, 'run', 'keyring', 'control'), PASSWORD)
    await until('the open keyring', async () => ((await this.#isLocked()) === false ? true : null))
  }

  /** Restarts the keychain with the same keyring, as a system update does. */
  async restartKeychain(): Promise<void> {
    await end(this.#keychain)
    await until('the end of the keychain', async () => ((await this.#owns(SECRETS)) ? null : true))
    await this.startKeychain()
  }

  async stop(): Promise<void> {
    await end(this.#keychain)
    await end(this.#daemon)
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async #startDaemon(args: readonly string[]): Promise<void> {
    // Runs a copy, because the installed file carries a capability that containers refuse to grant.
    const daemon = path.join(this.#folder, 'gnome-keyring-daemon')
    await copyFile('/usr/bin/gnome-keyring-daemon', daemon)
    // The bus knows an installed keychain even while it does not run.
    const service = `[D-BUS Service]\nName=${SECRETS}\nExec=/bin/false\n`
    await writeFile(path.join(this.#folder, 'services', `${SECRETS}.service`), service)
    this.#keychain = this.#start(daemon, ['--foreground', '--components=secrets', ...args], PASSWORD)
    await until('the keychain', async () => ((await this.#owns(SECRETS)) ? true : null))
  }

  /** Starts a program through setpriv, so that it ends even when the tests are killed. */
  #start(program: string, args: readonly string[], input = ''): ChildProcess {
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', program, ...args], {
      env: { ...process.env, ...this.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    // A program that reads no input may close it before it is written.
    child.stdin.on('error', () => undefined).end(input)
    return child
  }

  async #owns(name: string): Promise<boolean> {
    const daemon = 'org.freedesktop.DBus'
    const path = '/org/freedesktop/DBus'
    return (await this.#send(daemon, path, `${daemon}.NameHasOwner`, `string:${name}`)).includes('true')
  }

  /** Tells whether the keyring is locked; null while there is none. */
  async #isLocked(): Promise<boolean | null> {
    const answer = await this.#send(
      SECRETS,
      '/org/freedesktop/secrets/collection/login',
      'org.freedesktop.DBus.Properties.Get',
      ...['string:org.freedesktop.Secret.Collection', 'string:Locked'],
    )
    const [, locked] = /boolean (true|false)/.exec(answer) ?? []
    return locked === undefined ? null : locked === 'true'
  }

  async #send(destination: string, object: string, member: string, ...args: string[]): Promise<string> {
    const call = ['--session', '--print-reply=literal', `--dest=${destination}`, object, member, ...args]
    return (await ask('dbus-send', call, { ...process.env, ...this.env })) ?? ''
  }
}

async function end(program: ChildProcess | null): Promise<void> {
  if (program?.exitCode !== null || program.signalCode !== null) return
  const exited = once(program, 'exit')
  program.kill('SIGKILL')
  await exited
}

const busConfig = (folder: string): string => `<!DOCTYPE busconfig PUBLIC
  "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${path.join(folder, 'run', 'bus')}</listen>
  <servicedir>${path.join(folder, 'services')}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
