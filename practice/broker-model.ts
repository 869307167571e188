import type { Tries } from './account.ts'
import type { BrokerModel } from './practice-broker.ts'

/** What every broker knows of its one customer. */
interface Customer<Credentials> {
  readonly credentials: Credentials
  readonly account: Tries
  readonly loginsCompleted: number
}

/** What is the same at every broker: the counts, and what the person can do there. */
type Common = Pick<
  BrokerModel,
  'wrongPasswords' | 'wrongCodes' | 'isBlocked' | 'loginsCompleted' | 'change' | 'endSessions' | 'unblock'
>

/** What differs. */
type OwnPart = Omit<BrokerModel, keyof Common | 'credentials'>

/** Completes a model that so far has only what is the broker's own. */
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
    unblock: () => {
      account.unblock()
      endSessions()
    },
  }
  // A spread would copy the counts as they are now.
  return Object.assign(common, own)
}
