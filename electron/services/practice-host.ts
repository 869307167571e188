import { startPracticeBroker } from '../../practice/start.ts'
import type { PracticeBroker } from '../../practice/practice-broker.ts'
import type { Services } from './services.ts'
import type { Account } from '../core/state/account.ts'
import { followOnLoopback } from '../core/accounts/binding.ts'
import { isEqual } from '../contract/equal.ts'
import { LoginError } from '../core/errors.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'

/**
 * Runs practice brokers for the accounts that use them. Such an account differs from others only by endpoints that are
 * loopback addresses.
 */
export class PracticeHost {
  readonly #services: Services
  readonly #running = new Map<string, Promise<PracticeBroker>>()
  /** Adds one account at a time, so that a double click never picks the same name twice. */
  readonly #queue = new SerialQueue()

  constructor(services: Services) {
    this.#services = services
  }

  /** Restarts the practice brokers of accounts from an earlier run. */
  async resume(): Promise<void> {
    const { practicePorts } = this.#services.store.state
    await Promise.all(Object.keys(practicePorts).map((brokerId) => this.start(brokerId)))
  }

  /** Starts a practice broker on its earlier ports, or on others when those are taken; its accounts follow. */
  start(brokerId: string): Promise<PracticeBroker> {
    const running = this.#running.get(brokerId)
    if (running !== undefined) return running
    const starting = this.#start(brokerId)
    this.#running.set(brokerId, starting)
    starting.catch(() => this.#running.delete(brokerId))
    return starting
  }

  async #start(brokerId: string): Promise<PracticeBroker> {
    const { clock, store } = this.#services
    const before = store.state.practicePorts[brokerId] ?? {}
    const broker = await startPracticeBroker(brokerId, { now: () => clock.now(), ports: before })
    const ports = Object.fromEntries(
      Object.entries(broker.endpoints).map(([key, address]) => [key, Number(new URL(address).port)]),
    )
    const accounts = this.accountsAt(brokerId)
    for (const account of accounts.filter(({ endpoints }) => !isEqual(endpoints, broker.endpoints))) {
      await this.#follow(account, broker.endpoints)
    }
    const followers = new Set(accounts.map(({ name }) => name))
    await store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) =>
        followers.has(account.name) ? { ...account, endpoints: { ...broker.endpoints } } : account,
      ),
      practicePorts: { ...state.practicePorts, [brokerId]: ports },
    }))
    return broker
  }

  /** Lets an account's made-up secrets go to its broker's new ports. Without a keychain they have to be entered again. */
  async #follow(account: Account, endpoints: Account['endpoints']): Promise<void> {
    const { accounts, keychain } = this.#services
    try {
      await followOnLoopback(keychain, account, endpoints, accounts.open(account.name).broker)
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
    }
  }

  /** Returns the accounts that use a practice broker, by its ports at the last start. */
  accountsAt(brokerId: string): Account[] {
    const { accounts, practicePorts } = this.#services.store.state
    const addresses = Object.values(practicePorts[brokerId] ?? {}).map(
      (port) => `http://127.0.0.1:${String(port)}`,
    )
    return accounts.filter(
      (account) =>
        account.brokerId === brokerId &&
        Object.values(account.endpoints).some((url) => addresses.includes(url)),
    )
  }

  /** Adds an account at a practice broker and returns its name. Accepts the terms, which bind no real account. */
  addAccount(brokerId: string): Promise<string> {
    return this.#queue.run(() => this.#addAccount(brokerId))
  }

  async #addAccount(brokerId: string): Promise<string> {
    const { credentials, endpoints } = await this.start(brokerId)
    const { accounts } = this.#services
    // Takes only fields of the account, because a code that comes by SMS is not one.
    const { fields } = accounts.broker(brokerId)
    const values = Object.fromEntries(fields.map((field) => [field.name, credentials[field.name] ?? '']))
    const taken = new Set(accounts.list.map(({ name }) => name))
    let name = 'practice'
    for (let count = 2; taken.has(name); count++) name = `practice-${count}`
    await accounts.add({ name, brokerId, values, endpoints, acceptTerms: true })
    return name
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (broker) => (await broker).stop()))
  }
}
