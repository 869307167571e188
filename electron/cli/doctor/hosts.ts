import { checkConnectivity, type Reached } from '../../adapters/connectivity.ts'
import type { Services } from '../../services/services.ts'
import { filledFields, type Account } from '../../core/state/account.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import { proxyAddress } from '../../core/accounts/proxy.ts'
import { LoginError } from '../../core/errors.ts'
import type { Family } from '../../core/ports.ts'
import { proxySettings } from '../../core/login/conversation/http-session.ts'
import { endpointUrl } from '../../core/login/conversation/conversation.ts'

/** Whether one of an account's hosts was reached. */
export interface HostCheck {
  readonly account: string
  readonly host: string
  /** The proxy's address without its password; null without one. */
  readonly proxy: string | null
  /** How long it took, ms; null when it was not reached. */
  readonly ms: number | null
  /** The version of IP that it answered by; null when not reached or through a proxy. */
  readonly family: Family | null
  readonly problem: LoginError | null
}

/** Opens a connection to each host of each account and closes it, all at once. Nothing is sent on them. */
export async function checkHosts(
  services: Services,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<HostCheck[]> {
  /** Accounts of one broker have the same hosts, and one knock is enough. */
  const knocks = new Map<string, Promise<Reached>>()
  const checks = accounts.flatMap((account) => {
    const { broker } = services.accounts.open(account.name)
    if (isForCodesAlone(broker, filledFields(account))) return []
    const held = account.family ?? null
    const proxy = account.proxy === null ? null : proxyAddress(account.proxy)
    const origins = new Set(
      Object.keys(broker.endpoints).map((key) => endpointUrl(account, broker, key).origin),
    )
    return [...origins].map(async (origin): Promise<HostCheck> => {
      const target = new URL(origin)
      const about = { account: account.name, host: target.host, proxy }
      const way = `${origin} ${held ?? ''} ${proxy ?? ''} ${proxy === null ? '' : account.name}`
      const knock = knocks.get(way) ?? knockAt(services, account, target, signal)
      knocks.set(way, knock)
      try {
        return { ...about, ...(await knock), problem: null }
      } catch (error) {
        if (!(error instanceof LoginError) || error.kind === 'cancelled') throw error
        return { ...about, ms: null, family: null, problem: error }
      }
    })
  })
  return Promise.all(checks)
}

async function knockAt(
  { clock, keychain, network }: Services,
  account: Account,
  target: URL,
  signal: AbortSignal,
): Promise<Reached> {
  const way = { proxy: await proxySettings(account, keychain), family: account.family ?? null }
  return checkConnectivity(target, way, { clock, network, signal })
}

export function hostLine({ host, proxy, ms, family, problem }: HostCheck): string {
  const way = proxy === null ? '' : ` through ${proxy}`
  if (problem !== null) return `${host}${way}: not reached. ${problem.message} ${problem.next}`
  return `${host}${way}: reached in ${ms ?? 0} ms${family === null ? '' : ` over IPv${family}`}`
}
