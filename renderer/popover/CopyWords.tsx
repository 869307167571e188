import { secondsLeft } from './countdown.ts'
import { useNow } from './useNow.ts'

/** What a copy button says: what it does, and for a while after that it has been done. */
export function CopyWords({ words, copiedUntil }: { words: string; copiedUntil: number | null }) {
  return useNow((now) => {
    const left = copiedUntil === null ? 0 : secondsLeft(copiedUntil, now)
    return left === 0 ? words : `Copied · clears in ${String(left)} s`
  })
}
