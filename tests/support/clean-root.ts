import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Holds what programs outside share with it: the screen, the bus and the profiles are in the folder for temporary files. */
const SHARED = ['/proc', '/dev', '/sys', '/tmp', '/var/cache/apt/archives']

/**
 * A Debian in a folder, with nothing but the base system. Its mounts belong to this process's own mount namespace, and
 * end with it.
 */
export class CleanRoot {
  readonly folder: string
  readonly #isCopy: boolean
  readonly #shared: string[] = []

  private constructor(folder: string, isCopy: boolean) {
    this.folder = folder
    this.#isCopy = isCopy
  }

  /** Copies the base system that debootstrap has made. */
  static async copyOf(base: string): Promise<CleanRoot> {
    // Beside the base system: the folder for temporary files is mounted into it.
    const folder = await mkdtemp(path.join(path.dirname(base), 'root-'))
    execFileSync('cp', ['-a', `${base}/.`, folder])
    return CleanRoot.#at(folder, true)
  }

  /** Uses a base system as it is, for programs that write nothing into it. */
  static async of(base: string): Promise<CleanRoot> {
    return CleanRoot.#at(base, false)
  }

  static async #at(folder: string, isCopy: boolean): Promise<CleanRoot> {
    const root = new CleanRoot(folder, isCopy)
    for (const shared of SHARED) await root.share(shared)
    for (const file of ['/etc/resolv.conf', '/etc/hosts']) await copyFile(file, path.join(folder, file))
    return root
  }

  /** Shows a folder of this computer in it, at the same place. */
  async share(shared: string): Promise<void> {
    await mkdir(path.join(this.folder, shared), { recursive: true })
    execFileSync('mount', ['--rbind', shared, path.join(this.folder, shared)])
    this.#shared.push(shared)
  }

  /** Runs a program in it and returns its output; throws with all that it said when it fails. */
  run(...[program, ...args]: [string, ...string[]]): string {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }
    return execFileSync('chroot', [this.folder, program, ...args], { env, encoding: 'utf8', stdio: 'pipe' })
  }

  /** Starts a program in it, whose process is the child's own. */
  start(env: NodeJS.ProcessEnv, ...command: readonly string[]): ChildProcess {
    return spawn('chroot', [this.folder, ...command], { env, cwd: '/', stdio: 'ignore' })
  }

  /** Puts a package where apt in it finds it, and returns its path there. */
  async offer(deb: string): Promise<string> {
    const name = path.join('/root', path.basename(deb))
    await copyFile(deb, path.join(this.folder, name))
    return name
  }

  /** Lists the files in it that have the app's name, but for apt's own records and what is mounted. */
  traces(): string[] {
    const skipped = [...SHARED, '/var/log', '/root'].flatMap((skip) => ['-path', `.${skip}`, '-prune', '-o'])
    const args = ['.', ...skipped, '-iname', '*tokentray*', '-print']
    return execFileSync('find', args, { cwd: this.folder, encoding: 'utf8' }).split('\n').filter(Boolean)
  }

  async remove(): Promise<void> {
    for (const shared of this.#shared.reverse())
      execFileSync('umount', ['-R', '-l', path.join(this.folder, shared)])
    // What is still mounted would be removed with the folder.
    const mounts = await readFile('/proc/self/mountinfo', 'utf8')
    if (mounts.includes(`${this.folder}/`)) throw new Error(`Something is still mounted in ${this.folder}.`)
    if (this.#isCopy) await rm(this.folder, { recursive: true, force: true })
  }
}

/**
 * Makes a package of an older version of the same files, as the version before left them, and returns its path.
 */
export async function olderDeb(deb: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-older-'))
  try {
    const tree = path.join(folder, 'tree')
    execFileSync('dpkg-deb', ['--raw-extract', deb, tree])
    execFileSync('sed', ['-i', 's/^Version: .*/Version: 0.0.9/', path.join(tree, 'DEBIAN', 'control')])
    const older = path.join(tmpdir(), 'tokentray-0.0.9.deb')
    execFileSync('dpkg-deb', ['--build', '--root-owner-group', '-Znone', tree, older])
    return older
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
