import { Account } from '../account.ts'
import { completeModel } from '../broker-model.ts'
import type { Reply, Routes } from '../exchange.ts'
import { listen } from '../listen.ts'
import type {
  BrokerModel,
  PracticeBroker,
  PracticeBrokerOptions,
  PracticeControls,
} from '../practice-broker.ts'
import type { Simulation } from './simulation.ts'

/** Credentials by the broker's field names. */
export type Credentials = Readonly<Record<string, string>>

/** What the routes of a practice broker work with. */
export interface Desk<C extends Credentials> {
  /** The one customer's credentials. They may change while the broker runs. */
  readonly credentials: C
  /** Judges and counts passwords and codes, and blocks the account. */
  readonly account: Account
  /** The broker's clock, epoch ms. */
  readonly now: () => number
  /** The names of the broker's moods that a test asks for, such as `not-approved`. */
  readonly quirks: ReadonlySet<string>
  /** Counts a login that is complete. */
  readonly completed: () => void
}

/** What a practice broker's own code gives. */
export interface Opened<Key extends string> {
  readonly routes: Readonly<Record<Key, Routes>>
  /** Tells whether the broker would accept a token bundle now, by the broker's field names. */
  readonly accepts: (token: Credentials) => boolean
  /** Signs the person out everywhere, which ends sessions and tokens. */
  readonly endSessions: () => void
}

/** Describes a practice broker. */
export interface Definition<C extends Credentials, Key extends string> {
  readonly id: string
  /** Made up, and public on purpose: they open nothing but this practice broker. */
  readonly credentials: C
  /** The endpoint keys, each of which gets a loopback port. */
  readonly endpoints: readonly Key[]
  /** Wraps a message in the broker's own error envelope. */
  readonly refuse: (status: number, message: string) => Reply
  /** Wrong entries until the account is blocked; five when absent. */
  readonly attempts?: number
  readonly simulation: Simulation
  /** What the examples in docs/brokers.md print for the right token alone. */
  readonly answer: RegExp
  readonly open: (desk: Desk<C>) => Opened<Key>
}

/** The options of a practice broker on the kit. */
export interface DefinedOptions extends PracticeBrokerOptions {
  /** How far the `Date` header runs ahead of the broker's clock, in milliseconds; negative for behind. */
  readonly dateHeaderOffsetMs?: number
  /** Returns the base URL of an endpoint, for a broker whose replies name its hosts. */
  readonly base?: (endpoint: string) => string
  /** The names of the moods that the broker is in, such as `not-approved`; a test may change the set. */
  readonly quirks?: ReadonlySet<string>
}

/** A practice broker that can be started, or used without sockets. */
export interface DefinedBroker {
  readonly id: string
  readonly simulation: Simulation
  readonly answer: RegExp
  /** Returns the broker without sockets. */
  readonly model: (options?: DefinedOptions) => BrokerModel
  /** Starts the broker on loopback ports. */
  readonly start: (
    options?: PracticeBrokerOptions,
  ) => Promise<BrokerModel & PracticeBroker & PracticeControls>
}

/** Defines a practice broker by its credentials, routes and refusals. */
export function definePractice<C extends Credentials, const Key extends string>(
  definition: Definition<C, Key>,
): DefinedBroker {
  const { id, answer, endpoints, refuse, attempts, simulation, open } = definition

  function model(options: DefinedOptions = {}): BrokerModel<Key> {
    const { now = Date.now, quirks = new Set() } = options
    const credentials = Object.assign({ ...definition.credentials }, options.credentials)
    const account = new Account(credentials, now, attempts)
    const customer = { credentials, account, loginsCompleted: 0 }
    const completed = (): void => {
      customer.loginsCompleted++
    }
    const { routes, accepts, endSessions } = open({ credentials, account, now, quirks, completed })
    return completeModel(customer, endSessions, {
      brokerId: id,
      routes,
      refuse,
      codesSeen: account.codesSeen,
      code: () => account.code(),
      useUpCode: () => {
        account.useUpCode()
      },
      accepts,
    })
  }

  return {
    id,
    answer,
    simulation,
    model,
    start: (options = {}) => listen<string, BrokerModel>(model(options), endpoints, options),
  }
}
