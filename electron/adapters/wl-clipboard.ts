import { execFile, spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Clock } from '../core/ports.ts'
import { waylandGlobals, waylandSocket } from './wayland-globals.ts'

/** Lets a program use the clipboard without a window (https://wayland.app/protocols/wlr-data-control-unstable-v1). */
const DATA_CONTROL = 'zwlr_data_control_manager_v1'
/** wl-copy takes some 50 ms; what has not arrived by then won't. */
const ARRIVES_WITHIN_MS = 2_000
const LOOK_EVERY_MS = 30
const ANSWER_MS = 2_000

/**
 * wl-copy keeps what it copies in a file in /tmp (its source: `dump_stdin_into_a_temp_file`), which a secret must
 * never be in. So it gets a /tmp of its own, in memory, that nobody else sees and that is gone with it. It ends with us.
 */
const COPY =
  'mount -t tmpfs -o mode=700,size=1m none /tmp && exec setpriv --pdeathsig KILL wl-copy --foreground --type text/plain'

/** Wayland's clipboard through wl-clipboard's programs, which need no window in front where the compositor helps. */
export class WlClipboard {
  readonly #clock: Clock
  readonly #env: NodeJS.ProcessEnv
  readonly #canControl: Promise<boolean>
  /** Offers what was written last; nobody does without it. */
  #owner: ChildProcess | null = null

  constructor(clock: Clock, env: NodeJS.ProcessEnv = process.env) {
    this.#clock = clock
    this.#env = env
    this.#canControl = waylandGlobals(env).then((globals) => globals.has(DATA_CONTROL))
  }

  /** Whether the compositor lets programs without a window copy. Elsewhere wl-clipboard would take the keyboard. */
  get canControl(): Promise<boolean> {
    return this.#canControl
  }

  /** Whether the text is on the clipboard now, as other programs see it. */
  async write(text: string): Promise<boolean> {
    if (!(await this.#canControl)) return false
    const socket = waylandSocket(this.#env)
    const child = spawn('unshare', [...namespaces, 'sh', '-c', COPY], {
      // From here the socket is found also where its folder is in the /tmp that is covered.
      cwd: path.dirname(socket),
      env: { ...this.#env, WAYLAND_DISPLAY: path.join('/proc/self/cwd', path.basename(socket)) },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const life = new AbortController()
    const end = (): void => {
      life.abort()
    }
    child.once('error', end).once('exit', end)
    // It may end without reading.
    child.stdin.on('error', end).end(text)
    const deadline = this.#clock.now() + ARRIVES_WITHIN_MS
    while (!life.signal.aborted && this.#clock.now() < deadline) {
      if ((await this.read()) === text) {
        this.#owner?.kill()
        this.#owner = child
        return true
      }
      await new Promise<void>((resolve) => this.#clock.after(LOOK_EVERY_MS, resolve))
    }
    child.kill()
    return false
  }

  /** What another program would paste, empty when there is nothing; null when that can't be found out. */
  async read(): Promise<string | null> {
    if (!(await this.#canControl)) return null
    return new Promise((resolve) => {
      const args = ['--no-newline', '--type', 'text']
      const options = { env: this.#env, timeout: ANSWER_MS, killSignal: 'SIGKILL' } as const
      execFile('wl-paste', args, options, (error, stdout) => {
        if (error === null) resolve(stdout)
        // With an exit code: nothing is copied, or no text.
        else resolve(typeof error.code === 'number' ? '' : null)
      })
    })
  }

  /** Takes off what was written here last, if it is there still. */
  clear(): void {
    this.#owner?.kill()
    this.#owner = null
  }
}

/** Whoever is no root needs a user namespace to mount anything; root would lose its rights to the socket in one. */
const namespaces =
  process.getuid?.() === 0 ? ['--mount', '--'] : ['--user', '--map-root-user', '--mount', '--']
