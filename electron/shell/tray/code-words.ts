import { istClock } from '../../contract/words.ts'
import { standardTotp } from '../../core/totp/code.ts'

/**
 * When the codes of this moment end, epoch ms on this machine's clock: all accounts' at once.
 * `correctionMs` is what this machine's clock lacks to be the brokers'.
 */
export function codesEndAt(now: number, correctionMs: number): number {
  const { periodMs } = standardTotp
  return (Math.floor((now + correctionMs) / periodMs) + 1) * periodMs - correctionMs
}

/** For a menu that is made when it is opened: "18 s". */
export const secondsWords = (endsAt: number, now: number): string =>
  `${Math.max(1, Math.ceil((endsAt - now) / 1000))} s`

/** For a menu that was made before: "new at 08:51:30", as clocks in India show it. */
export const endWords = (endsAt: number, hour12: boolean): string => `new at ${istClock(endsAt, hour12)}`
