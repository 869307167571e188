import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runWindows, startWindows, windowsPath, type WinePrograms } from '../../scripts/wine-run.mjs'
import { makeDisk, nodeExe, wineEnvironment } from '../../scripts/wine-setup.mjs'
import { CleanRoot } from './clean-root.ts'

const CHECKOUT = path.join(import.meta.dirname, '../..')

/** What Wine shows of the screen and of the user, beside its own variables. */
const ENV = ['DISPLAY', 'XAUTHORITY']

/**
 * A Windows with a new disk, by the Wine of a newer Debian than the one the tests run on. Wine's server opens files for
 * its programs, so that it must have been started after the last mount.
 */
export class WineRoot {
  readonly #root: CleanRoot
  readonly #wine: WinePrograms & { env: { WINEPREFIX: string } }
  readonly #node: string

  private constructor(root: CleanRoot, wine: WinePrograms & { env: { WINEPREFIX: string } }, node: string) {
    this.#root = root
    this.#wine = wine
    this.#node = node
  }

  /** Makes a disk for a Windows in a Debian that has Wine, and starts it. */
  static async start(base: string): Promise<WineRoot> {
    const root = await CleanRoot.of(base)
    await root.share(CHECKOUT)
    const node = await nodeExe()
    await root.share(path.dirname(node))
    const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-wine-'))
    const screen = Object.fromEntries(ENV.map((name) => [name, process.env[name]]))
    const command = ['chroot', root.folder, 'wine'] as const
    const wine = { folder, command, env: { ...wineEnvironment(folder), ...screen } }
    await makeDisk(wine)
    return new WineRoot(root, wine, node)
  }

  /** Returns a path of the Windows disk as this system's. */
  onDisk(...names: readonly string[]): string {
    return path.join(this.#wine.env.WINEPREFIX, 'drive_c', ...names)
  }

  /** Starts a Windows program, by its Windows path, and returns it while it runs. */
  start(program: string, ...args: readonly string[]): ReturnType<typeof startWindows> {
    return startWindows(this.#wine, program, args, { timeoutMs: 600_000 })
  }

  /** Runs a Windows program to its end and returns its output; throws with all that it said when it fails. */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runWindows(this.#wine, program, args, { timeoutMs: 180_000 })
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${stdout}${stderr}`)
    return stdout
  }

  /** Runs a command of the command line, under Windows' Node. */
  async tokentray(...args: readonly string[]): Promise<string> {
    return this.run(this.#node, windowsPath(path.join(CHECKOUT, 'dist/cli.js')), ...args)
  }

  /** Ends every program in it, and removes its disk. */
  async remove(): Promise<void> {
    execFileSync('chroot', [this.#root.folder, 'wineserver', '-k', '-w'], { env: this.#wine.env })
    await this.#root.remove()
    await rm(this.#wine.folder, { recursive: true, force: true })
  }
}
