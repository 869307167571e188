import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { pictureFile } from './screen.ts'
import { ask } from './programs.ts'
import { until } from './until.ts'

/** Sway refuses to run as root; user nobody has all the rights that it needs. */
const NOBODY = 65534
const isRoot = process.getuid?.() === 0

const config = (folder: string): string => `
xwayland disable
output HEADLESS-1 resolution 1280x900
exec env > ${path.join(folder, 'env')}
`

interface Node {
  readonly pid?: number | undefined
  readonly name: string | null
  readonly focused: boolean
  readonly visible?: boolean | undefined
  readonly nodes: readonly Node[]
  readonly floating_nodes: readonly Node[]
}
const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    pid: z.number().optional(),
    name: z.nullable(z.string()),
    focused: z.boolean(),
    visible: z.boolean().optional(),
    nodes: z.array(Node),
    floating_nodes: z.array(Node),
  }),
)

/** Runs sway, a Wayland desktop without a screen, with windows and a clipboard for other programs. */
export class Sway {
  /** The environment of programs that show their windows there instead of on an X server. */
  readonly env: NodeJS.ProcessEnv
  readonly #folder: string
  readonly #process: ChildProcess

  private constructor(folder: string, sway: ChildProcess, display: string, socket: string) {
    this.#folder = folder
    this.#process = sway
    this.env = {
      DISPLAY: undefined,
      XDG_SESSION_TYPE: 'wayland',
      WAYLAND_DISPLAY: path.join(folder, 'run', display),
      SWAYSOCK: socket,
    }
  }

  static async start(): Promise<Sway> {
    const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-sway-'))
    const run = path.join(folder, 'run')
    await mkdir(run, { mode: 0o700 })
    await chmod(folder, 0o755)
    await writeFile(path.join(folder, 'config'), config(folder))
    if (isRoot) for (const place of [folder, run]) await chown(place, NOBODY, NOBODY)
    const asNobody = isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []
    const sway = spawn(
      'setpriv',
      [...asNobody, '--pdeathsig', 'KILL', 'sway', '-c', path.join(folder, 'config')],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          XDG_RUNTIME_DIR: run,
          WLR_BACKENDS: 'headless',
          WLR_RENDERER: 'pixman',
          WLR_LIBINPUT_NO_DEVICES: '1',
        },
        stdio: 'ignore',
      },
    )
    const told = await until('sway', async () => {
      const env = await readFile(path.join(folder, 'env'), 'utf8').catch(() => '')
      const [, display] = /^WAYLAND_DISPLAY=(.+)$/m.exec(env) ?? []
      const [, socket] = /^SWAYSOCK=(.+)$/m.exec(env) ?? []
      return display === undefined || socket === undefined ? null : { display, socket }
    })
    return new Sway(folder, sway, told.display, told.socket)
  }

  /** Returns the titles of the windows of a process. */
  async windows(pid: number): Promise<string[]> {
    return (await this.#nodes()).filter((node) => node.pid === pid).map(({ name }) => name ?? '')
  }

  /** Throws when sway has ended by itself, because every later step would fail after a long wait. */
  assertRuns(): void {
    const { exitCode, signalCode } = this.#process
    if (exitCode !== null || signalCode !== null)
      throw new Error(`sway has ended by itself: ${String(signalCode ?? exitCode)}`)
  }

  /** Focuses a window. */
  async focus(title: string): Promise<void> {
    await this.#ask('swaymsg', [`[title="^${title}$"] focus`])
  }

  /** Closes a window, as the button of its frame does. */
  async close(title: string): Promise<void> {
    await this.#ask('swaymsg', [`[title="^${title}$"] kill`])
  }

  /** Presses a key of a keyboard in the focused window. */
  async press(key: string): Promise<void> {
    // A window learns of a new keyboard first, and receives keys only then.
    await this.#ask('wtype', ['-s', '300', '-k', key])
  }

  /** Returns what another program would paste; empty for an empty clipboard. */
  async pasted(): Promise<string> {
    return (await this.#ask('wl-paste', ['--no-newline'])) ?? ''
  }

  /** Returns what a middle click would paste. */
  async middleClicked(): Promise<string> {
    return (await this.#ask('wl-paste', ['--no-newline', '--primary'])) ?? ''
  }

  /** Copies a text, as the user does in another program. */
  async copyElsewhere(text: string): Promise<void> {
    const copy = spawn('wl-copy', {
      env: { ...process.env, ...this.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    copy.stdin.end(text)
    await once(copy, 'exit')
    await until('the copied text', async () => ((await this.pasted()) === text ? true : null))
  }

  /** Takes a picture of the screen for a human reader. */
  async photograph(name: string): Promise<void> {
    await this.#ask('grim', [await pictureFile(name)])
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await exited
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async #nodes(): Promise<Node[]> {
    const tree = Node.parse(JSON.parse((await this.#ask('swaymsg', ['-r', '-t', 'get_tree'])) ?? 'null'))
    const flat = (node: Node): Node[] => [node, ...[...node.nodes, ...node.floating_nodes].flatMap(flat)]
    return flat(tree)
  }

  async #ask(program: string, args: readonly string[]): Promise<string | null> {
    this.assertRuns()
    return ask(program, args, { ...process.env, ...this.env })
  }
}
