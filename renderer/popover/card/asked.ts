import { secondsLeft } from '../../../electron/contract/countdown.ts'

/** Returns how long ago a code was requested, so that the user knows whether a text message may still arrive. */
export function askedWords(askedAt: number, now: number): string {
  const seconds = Math.floor((now - askedAt) / 1000)
  if (seconds < 5) return 'Asked just now.'
  return seconds < 60
    ? `Asked ${String(seconds)} s ago.`
    : `Asked ${String(Math.floor(seconds / 60))} min ago.`
}

/** Returns how long the login still waits: "4:40 left". */
export const leftWords = (endsAt: number, now: number): string => `${minutesLeft(endsAt, now)} left`

/** Returns the minutes and seconds until a moment: "4:40". */
export function minutesLeft(endsAt: number, now: number): string {
  const seconds = secondsLeft(endsAt, now)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
