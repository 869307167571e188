import { checkConnectivity, type Reached } from '../adapters/connectivity.ts'
import type { Services } from './services.ts'
import { filledFields, type Account } from '../core/state/account.ts'
import { isForCodesAlone } from '../core/accounts/codes-alone.ts'
import { proxyAddress } from '../core/accounts/proxy.ts'
import { LoginError } from '../core/errors.ts'
import type { Family } from '../core/ports.ts'
import { proxySettings } from '../core/login/conversation/http-session.ts'
import { endpointUrl } from '../core/accounts/endpoint-url.ts'

/** Tells whether a host of an account was reached. */
export interface HostCheck {
  readonly account: string
  readonly host: string
  /** The proxy's address without its password; null without one. */
  readonly proxy: string | null
  /** The time to connect, ms; null when not reached. */
  readonly ms: number | null
  /** The version of IP of the connection; null when not reached or through a proxy. */
  readonly family: Family | null
  readonly problem: LoginError | null
}

/** Opens and closes a connection to each host of each account, all at once. Sends nothing on them. */
export async function checkHosts(
  services: Services,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<HostCheck[]> {
  /** One connection per route, because accounts of one broker share hosts. */
  const connections = new Map<string, Promise<Reached>>()
  const checks = accounts.flatMap((account) => {
    const { broker } = services.accounts.open(account.name)
    if (isForCodesAlone(broker, filledFields(account))) return []
    const family = account.family ?? null
    const proxy = account.proxy === null ? null : proxyAddress(account.proxy)
    const origins = new Set(
      Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin),
    )
    return [...origins].map(async (origin): Promise<HostCheck> => {
      const target = new URL(origin)
      const identity = { account: account.name, host: target.host, proxy }
      const route = `${origin} ${family ?? ''} ${proxy ?? ''} ${proxy === null ? '' : account.name}`
      const connection = connections.get(route) ?? connectTo(services, account, target, signal)
      connections.set(route, connection)
      try {
        return { ...identity, ...(await connection), problem: null }
      } catch (error) {
        if (!(error instanceof LoginError) || error.kind === 'cancelled') throw error
        return { ...identity, ms: null, family: null, problem: error }
      }
    })
  })
  return Promise.all(checks)
}

async function connectTo(
  { accounts, clock, keychain, network }: Services,
  account: Account,
  target: URL,
  signal: AbortSignal,
): Promise<Reached> {
  const route = {
    proxy: await proxySettings(account, accounts.open(account.name).broker, keychain),
    family: account.family ?? null,
  }
  return checkConnectivity(target, route, { clock, network, signal })
}
