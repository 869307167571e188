import type { TotpCode } from '../../electron/contract/state.ts'
import { groupedCode } from '../../electron/contract/words.ts'
import { useActions } from './ActionsContext.ts'
import { CopyWords } from './CopyWords.tsx'
import { isStale, LATE_SECONDS, secondsLeft, shareLeft } from './countdown.ts'
import { Ring } from './Ring.tsx'
import { useNow } from './useNow.ts'

interface CodeLineProps {
  name: string
  totp: TotpCode
  copiedUntil: number | null
}

/** The current code. The whole line is one button: a click anywhere on it copies. */
export function CodeLine({ name, totp, copiedUntil }: CodeLineProps) {
  const actions = useActions()
  const left = useNow((now) => secondsLeft(totp.endsAt, now))
  const stale = useNow((now) => isStale(totp.endsAt, now))
  const digits = stale ? totp.code.replaceAll(/\d/g, '·') : totp.code
  return (
    <button
      type="button"
      className="code"
      data-late={left <= LATE_SECONDS}
      data-copied={copiedUntil !== null}
      aria-label={`Copy code ${stale ? '' : totp.code.split('').join(' ')} of ${name}`}
      onClick={() => void actions.copyCode(name)}
    >
      <Ring left={shareLeft(left, totp)} />
      <span className="digits">{groupedCode(digits)}</span>
      <span className="seconds">{left} s</span>
      <span className="copy">
        <CopyWords words="Copy" copiedUntil={copiedUntil} />
      </span>
    </button>
  )
}
