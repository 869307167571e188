import type { Chance } from './chance.ts'
import type { Desk } from './desk.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function newTotpSecret(chance: Chance): string {
  return Array.from({ length: 32 }, () => BASE32[chance.between(0, 31)]).join('')
}

/** Another password of the same form: where the broker wants digits, digits. */
export function newPassword(desk: Desk, chance: Chance): string {
  const old = desk.model.credentials[desk.passwordField] ?? ''
  const next = /^\d+$/.test(old)
    ? String(chance.between(0, 10 ** old.length - 1)).padStart(old.length, '0')
    : `password ${chance.between(1, 1_000_000)}`
  return next === old ? newPassword(desk, chance) : next
}
