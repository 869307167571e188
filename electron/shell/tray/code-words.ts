import { istClock } from '../../contract/words.ts'
import { standardTotp } from '../../core/totp/code.ts'

/**
 * Returns when the current codes of all accounts end, epoch ms on this machine's clock.
 * @param correctionMs the brokers' clock minus this machine's, ms
 */
export function codesEndAt(now: number, correctionMs: number): number {
  const { periodMs } = standardTotp
  return (Math.floor((now + correctionMs) / periodMs) + 1) * periodMs - correctionMs
}

/** Returns the remaining time, "18 s", for a menu that is built when it is opened. */
export const secondsWords = (endsAt: number, now: number): string =>
  `${Math.max(1, Math.ceil((endsAt - now) / 1000))} s`

/** Returns the end in India's time, "new at 08:51:30", for a menu that is built in advance. */
export const endWords = (endsAt: number, hour12: boolean): string => `new at ${istClock(endsAt, hour12)}`
