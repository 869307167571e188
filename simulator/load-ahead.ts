import { brokers } from './brokers.ts'

/**
 * Loads in advance the modules that engine and network import lazily.
 * Loading takes real time, which does not pass on a virtual clock.
 */
export async function loadAhead(): Promise<void> {
  await Promise.all([
    import('tough-cookie'),
    import('../electron/core/totp/generate.ts'),
    import('../electron/adapters/connection-errors.ts'),
    import('../electron/adapters/routed-fetch.ts'),
    import('../electron/core/accounts/account-changes.ts'),
    ...[...brokers.values()].map((broker) => broker.load?.()),
  ])
}
