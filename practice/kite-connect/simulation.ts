import { json, type Reply } from '../exchange.ts'
import type { EntryRoutes } from '../kit/simulation.ts'

/** The routes of Kite's sign-in that take an entry. */
export const kiteEntries: EntryRoutes = {
  'POST /api/login': [{ entry: 'password', field: 'password' }],
  'POST /api/twofa': [{ entry: 'code', field: 'twofa_value' }],
}

/** Brokers send the second reply for orders: field cases, "IPv4 and IPv6". */
export const kiteElsewhere: readonly Reply[] = [
  'Requests from this IP address are not permitted',
  'IP (2001:db8::7) is not allowed',
].map((message) => json(403, { status: 'error', message, data: null, error_type: 'PermissionException' }))
