import { execFile, spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Clock } from '../core/ports.ts'
import { waylandGlobals, waylandSocket } from './wayland-globals.ts'

/** Lets a program use the clipboard without a window (https://wayland.app/protocols/wlr-data-control-unstable-v1). */
const DATA_CONTROL = 'zwlr_data_control_manager_v1'

/** How long a copied text may take to arrive, ms; wl-copy takes about 50 ms. */
const ARRIVES_WITHIN_MS = 2_000
const POLL_MS = 30
const ANSWER_MS = 2_000

/**
 * Gives wl-copy a private /tmp in memory, because it keeps the text in a file there (its source:
 * `dump_stdin_into_a_temp_file`), where a secret must never be. The mount is invisible to others and ends with wl-copy,
 * which ends with this process. From version 2.3 on it can mark the text as a password, for clipboard histories.
 */
const COPY =
  'wl-copy --help 2>&1 | grep -q -- --sensitive && set -- --sensitive; mount -t tmpfs -o mode=700,size=1m none /tmp && ' +
  'exec setpriv --pdeathsig KILL wl-copy --foreground --type text/plain "$@"'

/** Uses Wayland's clipboard through wl-clipboard, which needs no focused window if the compositor supports it. */
export class WlClipboard {
  readonly #clock: Clock
  readonly #env: NodeJS.ProcessEnv
  readonly #canControl: Promise<boolean>
  /** The process that offers the last text; the text is gone without it. */
  #owner: ChildProcess | null = null

  constructor(clock: Clock, env: NodeJS.ProcessEnv = process.env) {
    this.#clock = clock
    this.#env = env
    this.#canControl = waylandGlobals(env).then((globals) => globals.has(DATA_CONTROL))
  }

  /** Whether the compositor lets programs without a window copy. Otherwise wl-clipboard would take the focus. */
  get canControl(): Promise<boolean> {
    return this.#canControl
  }

  /** Copies a text, and tells whether other programs can paste it now. */
  async write(text: string): Promise<boolean> {
    if (!(await this.#canControl)) return false
    const socket = waylandSocket(this.#env)
    const child = spawn('unshare', [...namespaces, 'sh', '-c', COPY], {
      // Keeps the socket reachable even when its folder lies in the /tmp that is mounted over.
      cwd: path.dirname(socket),
      env: { ...this.#env, WAYLAND_DISPLAY: path.join('/proc/self/cwd', path.basename(socket)) },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const ended = new AbortController()
    const end = (): void => {
      ended.abort()
    }
    child.once('error', end).once('exit', end)
    // Ignores a write error, because wl-copy may end without reading.
    child.stdin.on('error', end).end(text)
    const deadline = this.#clock.now() + ARRIVES_WITHIN_MS
    while (!ended.signal.aborted && this.#clock.now() < deadline) {
      if ((await this.read()) === text) {
        this.#owner?.kill()
        this.#owner = child
        return true
      }
      await new Promise<void>((resolve) => this.#clock.after(POLL_MS, resolve))
    }
    child.kill()
    return false
  }

  /** Reads what another program would paste, empty for nothing; null when it can't be found out. */
  async read(): Promise<string | null> {
    if (!(await this.#canControl)) return null
    return new Promise((resolve) => {
      const args = ['--no-newline', '--type', 'text']
      const options = { env: this.#env, timeout: ANSWER_MS, killSignal: 'SIGKILL' } as const
      execFile('wl-paste', args, options, (error, stdout) => {
        if (error === null) resolve(stdout)
        // An exit code means that the clipboard has no text.
        else resolve(typeof error.code === 'number' ? '' : null)
      })
    })
  }

  /** Empties the clipboard, of the text that was written last or of another program's. */
  clear(): void {
    // wl-copy ends by itself when another text takes its place.
    const isOurs = this.#owner?.exitCode === null && this.#owner.signalCode === null
    this.#owner?.kill()
    this.#owner = null
    if (!isOurs) void this.#clearOther()
  }

  async #clearOther(): Promise<void> {
    if (await this.#canControl) execFile('wl-copy', ['--clear'], { env: this.#env }, () => undefined)
  }
}

/** Other users than root need a user namespace to mount; root would lose access to the socket in one. */
const namespaces =
  process.getuid?.() === 0 ? ['--mount', '--'] : ['--user', '--map-root-user', '--mount', '--']
