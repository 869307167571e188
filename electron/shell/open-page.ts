import { shell } from 'electron'
import type { BrokerPage } from '../contract/state.ts'
import type { Broker } from '../core/brokers/broker.ts'

/**
 * Opens a broker's own page in the user's browser. A caller names the page and never an address, so that nothing but
 * the registry's addresses is ever opened.
 */
export async function openPage({ pages }: Pick<Broker, 'pages'>, page: BrokerPage): Promise<void> {
  const address = new URL(pages[page] ?? pages.login)
  if (address.protocol !== 'https:') throw new TypeError('A page needs https.')
  await shell.openExternal(address.href)
}
