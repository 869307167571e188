import { secondsLeft } from '../../../electron/contract/countdown.ts'
import { useNow } from '../../shared/useNow.ts'

interface CopyWordsProps {
  words: string
  /** When the copy is cleared from the clipboard, epoch ms; null when nothing was copied. */
  copiedUntil: number | null
  /** Words in place of the seconds. */
  special?: string | null
}

/** Shows a copy button's label, and a confirmation after a copy. */
export function CopyWords({ words, copiedUntil, special = null }: CopyWordsProps) {
  return useNow((now) => {
    const left = copiedUntil === null ? 0 : secondsLeft(copiedUntil, now)
    return left === 0 ? words : (special ?? `Copied · clears in ${String(left)} s`)
  })
}
