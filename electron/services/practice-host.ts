import { startPracticeBroker } from '../../practice/start.ts'
import type { PracticeBroker } from '../../practice/practice-broker.ts'
import type { Services } from './services.ts'
import type { Account } from '../core/state/account.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'

/**
 * Runs practice brokers for the accounts that use them. To everything else such an account is a plain one whose
 * endpoints are loopback addresses.
 */
export class PracticeHost {
  readonly #services: Services
  readonly #running = new Map<string, Promise<PracticeBroker>>()
  /** An impatient second click must not be refused for the name that the first one took. */
  readonly #turns = new SerialQueue()

  constructor(services: Services) {
    this.#services = services
  }

  /** Starts again what accounts from an earlier run rely on. */
  async resume(): Promise<void> {
    const { practicePorts } = this.#services.store.state
    await Promise.all(Object.keys(practicePorts).map((brokerId) => this.start(brokerId)))
  }

  /** Starts a practice broker where it ran before, or elsewhere when that place is taken: its accounts follow. */
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
    const followers = new Set(this.accountsAt(brokerId).map(({ name }) => name))
    await store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) =>
        followers.has(account.name) ? { ...account, endpoints: { ...broker.endpoints } } : account,
      ),
      practicePorts: { ...state.practicePorts, [brokerId]: ports },
    }))
    return broker
  }

  /** The accounts that use a practice broker of ours, by the ports it had when last started. */
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

  /** Adds an account at a practice broker and returns its name. The terms are accepted: they bind nobody here. */
  addAccount(brokerId: string): Promise<string> {
    return this.#turns.run(() => this.#addAccount(brokerId))
  }

  async #addAccount(brokerId: string): Promise<string> {
    const { credentials, endpoints } = await this.start(brokerId)
    const { accounts } = this.#services
    // What only the person has, such as a code that comes by SMS, is no field of the account.
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
