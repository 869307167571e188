import type { EntryCounter } from './account.ts'
import type { BrokerModel } from './practice-broker.ts'

/** Holds what every broker knows of its one customer. */
interface Customer<Credentials> {
  readonly credentials: Credentials
  readonly account: EntryCounter
  readonly loginsCompleted: number
}

/** The members that all brokers share: the counts, and the person's actions. */
type Common = Pick<
  BrokerModel,
  | 'wrongPasswords'
  | 'wrongCodes'
  | 'isBlocked'
  | 'loginsCompleted'
  | 'change'
  | 'endSessions'
  | 'block'
  | 'unblock'
>

/** The members that differ between brokers. */
type OwnPart = Omit<BrokerModel, keyof Common | 'credentials'>

/** Adds the shared members to a broker's own part of its model. */
export function completeModel<Credentials extends object, Own extends OwnPart>(
  customer: Customer<Credentials>,
  endSessions: () => void,
  own: Own,
): Common & { readonly credentials: Credentials } & NoInfer<Own> {
  const { account, credentials } = customer
  const common: Common & { readonly credentials: Credentials } = {
    credentials,
    get wrongPasswords() {
      return account.wrongPasswords
    },
    get wrongCodes() {
      return account.wrongCodes
    },
    get isBlocked() {
      return account.isBlocked
    },
    get loginsCompleted() {
      return customer.loginsCompleted
    },
    change: (changed) => {
      Object.assign(credentials, changed)
    },
    endSessions,
    block: () => {
      account.block()
    },
    unblock: () => {
      account.unblock()
      endSessions()
    },
  }
  // A spread would copy the current counts instead of the getters.
  return Object.assign(common, own)
}
