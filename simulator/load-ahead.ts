import { brokers } from './brokers.ts'

/**
 * Loads what the engine and its network load when they first need it: on a virtual clock that would take time which
 * does not pass.
 */
export async function loadAhead(): Promise<void> {
  await Promise.all([
    import('tough-cookie'),
    import('../electron/adapters/connection-errors.ts'),
    ...[...brokers.values()].map((broker) => broker.load?.()),
  ])
}
