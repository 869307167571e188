import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { replaceFile } from '../../electron/adapters/replace-file.ts'
import type { Field } from '../../electron/core/brokers/broker.ts'
import type { Account } from '../../electron/core/state/account.ts'
import { withAccount, State } from '../../electron/core/state/state.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { composeServices } from '../../electron/services/services.ts'
import type { PracticeBroker } from '../../practice/practice-broker.ts'
import { CommandLine } from './command-line.ts'
import { ask } from './programs.ts'

/** Adds an account at a practice broker, with some of its credentials replaced. */
type AddAccount = (
  profile: Profile,
  name: string,
  broker: PracticeBroker,
  replaced: Readonly<Record<string, string>>,
) => Promise<void>

const byCommand: AddAccount = async (profile, name, broker, replaced) => {
  await profile.cli.mustRun(
    ...['account', 'add', name, '--broker', broker.brokerId, '--accept-terms'],
    ...['--env-file', await profile.envFile(broker, replaced)],
    ...endpointFlags(broker),
  )
}

/**
 * Adds it in this process, a tenth of a second quicker. Only for a session whose keychain stays up, because a process
 * does not find one that was started anew.
 */
export const inThisProcess: AddAccount = async ({ env }, name, broker, replaced) => {
  const { accounts } = await composeServices(env)
  const values = Object.fromEntries(entered(broker, replaced).map(([field, value]) => [field.name, value]))
  const { brokerId, endpoints } = broker
  await accounts.add({ name, brokerId, values, endpoints, acceptTerms: true })
}

/** Returns the fields of a practice broker with what a trader enters. */
function entered(broker: PracticeBroker, replaced: Readonly<Record<string, string>>): [Field, string][] {
  const values: Record<string, string> = { ...broker.credentials, ...replaced }
  // A value that only the person has, such as a code by SMS, is no field and has no variable.
  const fields = registry.get(broker.brokerId)?.fields ?? []
  return fields.flatMap((field): [Field, string][] => {
    const value = values[field.name]
    return value === undefined ? [] : [[field, value]]
  })
}

/** Runs a trader's complete TokenTray in isolation: with its own state folder and keychain items. */
export class Profile {
  /** The state folder. */
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly cli: CommandLine
  /** The parent of the state folder, where tests put other files. */
  readonly folder: string
  readonly #add: AddAccount

  private constructor(folder: string, extraEnv: NodeJS.ProcessEnv, add: AddAccount) {
    this.#add = add
    this.folder = folder
    this.home = path.join(folder, 'home')
    this.env = { ...process.env, TOKENTRAY_HOME: this.home, ...extraEnv }
    this.cli = new CommandLine(this.env)
  }

  static async create(extraEnv: NodeJS.ProcessEnv = {}, add: AddAccount = byCommand): Promise<Profile> {
    return new Profile(await mkdtemp(path.join(tmpdir(), 'tokentray-test-')), extraEnv, add)
  }

  /** Returns the same profile in another environment, without the variables that are undefined. */
  static in({ folder, env }: Profile, extraEnv: NodeJS.ProcessEnv): Profile {
    // There the keychain may be another than this process's.
    return new Profile(folder, { ...env, ...extraEnv }, byCommand)
  }

  /** Writes a file beside the state folder and returns its path. */
  async write(name: string, text: string): Promise<string> {
    const file = path.join(this.folder, name)
    await writeFile(file, text)
    return file
  }

  /**
   * Writes an .env file with the credentials of a practice broker, some of them replaced, and returns its path.
   */
  async envFile(broker: PracticeBroker, replaced: Readonly<Record<string, string>> = {}): Promise<string> {
    const lines = entered(broker, replaced).map(([{ env }, value]) => `${env}='${value}'`)
    return this.write(`practice-${randomUUID()}.env`, `${lines.join('\n')}\n`)
  }

  /** Adds an account at a practice broker. */
  async addAccount(
    name: string,
    broker: PracticeBroker,
    replaced: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.#add(this, name, broker, replaced)
  }

  /** Returns the content of the state file. */
  async state(): Promise<State> {
    return State.parse(JSON.parse(await readFile(path.join(this.home, 'state.json'), 'utf8')))
  }

  /** Returns an account from the state file. */
  async account(name: string): Promise<Account> {
    const account = (await this.state()).accounts.find((candidate) => candidate.name === name)
    if (account === undefined) throw new Error(`The state file has no account ${name}.`)
    return account
  }

  /** Changes an account directly in the state file. */
  async changeAccount(name: string, change: (account: Account) => Account): Promise<void> {
    await this.changeState((state) => withAccount(state, name, change))
  }

  /** Changes the state file at once, as a program that knows of no lock does. */
  async changeState(change: (state: State) => State): Promise<void> {
    await replaceFile(path.join(this.home, 'state.json'), JSON.stringify(change(await this.state())))
  }

  /** Returns the value of a key in the system's keychain, as an independent program reads it. */
  async inKeychain(key: string): Promise<string | null> {
    return ask('secret-tool', ['lookup', 'service', this.#service, 'account', key], this.env)
  }

  async remove(): Promise<void> {
    await ask('secret-tool', ['clear', 'service', this.#service], this.env)
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  get #service(): string {
    return `TokenTray (${this.home})`
  }
}

export function endpointFlags(broker: PracticeBroker): string[] {
  return Object.entries(broker.endpoints).flatMap(([key, url]) => ['--endpoint', `${key}=${url}`])
}
