import { secondsLeft } from '../../../electron/contract/countdown.ts'
import { useNow } from '../../shared/useNow.ts'

interface CopyWordsProps {
  words: string
  /** When the copy is cleared from the clipboard, epoch ms; null when nothing was copied. */
  copiedUntil: number | null
  /** Words before the seconds end. */
  special?: string | null
}

/** Shows a copy button's label, and after a copy a tick with the seconds until the clipboard is cleared. */
export function CopyWords({ words, copiedUntil, special = null }: CopyWordsProps) {
  return useNow((now) => {
    const left = copiedUntil === null ? 0 : secondsLeft(copiedUntil, now)
    return left === 0 ? words : (special ?? `✓ ${String(left)} s`)
  })
}
