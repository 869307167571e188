import { secondsLeft } from '../../../electron/contract/countdown.ts'
import { useNow } from '../../shared/useNow.ts'

interface CopyWordsProps {
  words: string
  /** Until when what was copied stays on the clipboard; null when nothing was. */
  copiedUntil: number | null
  /** What to say in place of the seconds. */
  special?: string | null
}

/** What a copy button says: what it does, and for a while after that it has been done. */
export function CopyWords({ words, copiedUntil, special = null }: CopyWordsProps) {
  return useNow((now) => {
    const left = copiedUntil === null ? 0 : secondsLeft(copiedUntil, now)
    return left === 0 ? words : (special ?? `Copied · clears in ${String(left)} s`)
  })
}
