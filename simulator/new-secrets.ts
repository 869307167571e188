import type { SeededRandom } from './seeded-random.ts'
import type { TraderBroker } from './trader-broker.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function newTotpSecret(random: SeededRandom): string {
  return Array.from({ length: 32 }, () => BASE32[random.between(0, 31)]).join('')
}

/** Returns another password of the same form: digits where the broker wants digits. */
export function newPassword(broker: TraderBroker, field: string, random: SeededRandom): string {
  const old = broker.model.credentials[field] ?? ''
  const next = /^\d+$/.test(old)
    ? String(random.between(0, 10 ** old.length - 1)).padStart(old.length, '0')
    : `password ${random.between(1, 1_000_000)}`
  return next === old ? newPassword(broker, field, random) : next
}
