import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { HistoryFile } from '../../electron/adapters/history-file.ts'
import { LockFiles } from '../../electron/adapters/lock-files.ts'
import type { Account } from '../../electron/core/state/account.ts'
import { State } from '../../electron/core/state/state.ts'
import type { HistoryEvent } from '../../electron/core/state/history.ts'
import type { PlannedFault } from '../../practice/faults.ts'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { Child, temporaryDir } from './child.ts'
import { FastClock } from './children/fast-clock.ts'
import type { LoginTask } from './children/login-child.ts'

/** Far longer than a login on a fast clock may take by its own deadline, ms. */
const PATIENCE_MS = 120_000

/** The faults of a trader's day. */
export interface Trouble {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
  /** The replies that get lost. */
  readonly lost?: PlannedFault
}

/** Holds a state folder, its broker and the processes that log in there, on one fast clock. */
export class Trader {
  readonly broker: KiteConnectPractice
  /** Number of logins that the processes have reported. */
  loginsTold = 0
  readonly #program: string
  readonly #clock: FastClock
  readonly #task: Omit<LoginTask, 'logins'>
  readonly #remove: () => Promise<void>
  readonly #children: Child[] = []

  private constructor(
    program: string,
    broker: KiteConnectPractice,
    clock: FastClock,
    task: Omit<LoginTask, 'logins'>,
    remove: () => Promise<void>,
  ) {
    this.broker = broker
    this.#program = program
    this.#clock = clock
    this.#task = task
    this.#remove = remove
  }

  /** @param program the built `login-child` */
  static async begin(program: string, { typed = {}, lost }: Trouble): Promise<Trader> {
    const startedAt = Date.now()
    const clock = new FastClock(startedAt)
    const broker = await startKiteConnect({ now: () => clock.now() })
    if (lost !== undefined) broker.fault(lost)
    const { dir, remove } = await temporaryDir()
    const { credentials, endpoints } = broker
    const task = { dir, startedAt, name: 'kite', values: { ...credentials, ...typed }, endpoints }
    return new Trader(program, broker, clock, task, remove)
  }

  /** Starts a process and resolves when it is about to log in. */
  async start(logins: 'one' | 'very many'): Promise<Child> {
    const task: LoginTask = { ...this.#task, logins: logins === 'one' ? 1 : null }
    const child = new Child(this.#program, [JSON.stringify(task)])
    this.#children.push(child)
    if ((await child.line()) !== 'ready') throw new Error('The process did not come as far as its login.')
    return child
  }

  /**
   * Kills a process `ms` after the beginning or after the broker has processed a request of that route.
   * A refused login ends the wait early. Resolves with the reason of the refusal, or null.
   */
  async killAfter(moment: string, ms: number, child: Child): Promise<string | null> {
    const refusal = this.#refusal(child)
    await Promise.race([this.#passing(moment, ms), refusal])
    await child.crash()
    return refusal
  }

  /** Returns the outcome of a process's only login; null when it never ends. */
  async outcome(child: Child): Promise<string | null> {
    const watchdog = setTimeout(() => void child.crash(), PATIENCE_MS)
    const line = await child.line()
    await child.ended
    clearTimeout(watchdog)
    if (line === 'obtained') this.loginsTold++
    return line
  }

  /** Returns the number of requests of a route. */
  asked(route: string): number {
    return this.broker.requests.filter(({ method, path }) => `${method} ${path}` === route).length
  }

  /** Returns the account in the state file. */
  async account(): Promise<Account> {
    const text = await readFile(path.join(this.#task.dir, 'state.json'), 'utf8')
    const [account] = State.parse(JSON.parse(text)).accounts
    if (account === undefined) throw new Error('The state file has no account.')
    return account
  }

  /** Returns the names of the files in the state folder. */
  files(): Promise<string[]> {
    return readdir(this.#task.dir)
  }

  history(): Promise<readonly HistoryEvent[]> {
    return new HistoryFile(this.#task.dir, this.#locks, this.#clock).read()
  }

  /**
   * Returns the locks that a new process would wait for. Call it only when no process that may hold a lock is
   * left.
   */
  async stuckLocks(): Promise<string[]> {
    const files = await readdir(this.#locksDir)
    const names = new Set(files.flatMap((file) => /^(.+)\.\d+$/.exec(file)?.[1] ?? []))
    const stuck: string[] = []
    for (const name of names) {
      const controller = new AbortController()
      const onWait = (): void => {
        stuck.push(name)
        controller.abort()
      }
      const release = await this.#locks.acquire(name, controller.signal, onWait).catch(() => null)
      await release?.()
    }
    return stuck
  }

  async end(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.crash()))
    await this.broker.stop()
    await this.#remove()
  }

  async #passing(moment: string, ms: number): Promise<void> {
    if (moment !== 'the beginning') await this.broker.waitFor(moment, this.asked(moment) + 1)
    // The only place where tests let real time pass, because the kill must be able to hit any moment.
    await new Promise((resolve) => setTimeout(resolve, ms))
  }

  get #locksDir(): string {
    return path.join(this.#task.dir, 'locks')
  }

  get #locks(): LockFiles {
    return new LockFiles(this.#locksDir, this.#clock)
  }

  /** Returns the outcome of the first login that fails; null when the process ends before. */
  async #refusal(child: Child): Promise<string | null> {
    for (;;) {
      const line = await child.line()
      if (line !== 'obtained') return line
      this.loginsTold++
    }
  }
}
