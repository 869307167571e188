import type { AccountView } from '../../contract/state.ts'
import type { Broker } from './broker.ts'

const hostOf = (address: string): string => new URL(address).host.replace(/^www\./, '')

/** Returns the hosts of a broker's own pages, by which a button names them. */
export const hostsOf = ({
  pages: { login, developers },
}: Pick<Broker, 'pages'>): NonNullable<AccountView['pages']> => ({
  login: hostOf(login),
  developers: developers === undefined ? null : hostOf(developers),
})
