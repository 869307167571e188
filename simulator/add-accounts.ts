import type { Accounts } from '../electron/core/accounts/accounts.ts'
import { brokers } from './brokers.ts'
import type { TraderBroker } from './trader-broker.ts'

/** Adds a trader's accounts, with what the trader enters at each. */
export async function addAccounts(
  accounts: Pick<Accounts, 'add'>,
  traderBrokers: readonly TraderBroker[],
): Promise<void> {
  for (const { account, model, endpoints } of traderBrokers) {
    const fields = brokers.get(model.brokerId)?.fields ?? []
    const values = Object.fromEntries(fields.map(({ name }) => [name, model.credentials[name] ?? '']))
    await accounts.add({ name: account, brokerId: model.brokerId, values, endpoints, acceptTerms: true })
  }
}
