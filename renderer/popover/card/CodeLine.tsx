import type { ClipboardView, TotpCode } from '../../../electron/contract/state.ts'
import { groupedCode } from '../../../electron/contract/words.ts'
import {
  isStale,
  LAST_SECONDS,
  LATE_SECONDS,
  secondsLeft,
  shareLeft,
} from '../../../electron/contract/countdown.ts'
import { Ring } from '../../shared/Ring.tsx'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { CopyWords } from './CopyWords.tsx'
import { classes } from '../../shared/classes.ts'
import countdown from '../../shared/countdown.module.css'
import css from './CodeLine.module.css'

interface CodeLineProps {
  name: string
  totp: TotpCode
  /** The clipboard's content if it is a code of this account; null otherwise. */
  copied: ClipboardView | null
  /** Whether it is part of a line: only ring and digits. */
  small?: boolean
}

/** Shows the current code, near its end with the next one. The whole line is one button that copies. */
export function CodeLine({ name, totp, copied, small = false }: CodeLineProps) {
  const actions = useActions()
  const left = useNow((now) => secondsLeft(totp.endsAt, now))
  const stale = useNow((now) => isStale(totp.endsAt, now))
  const digits = stale ? totp.code.replaceAll(/\d/g, '·') : totp.code
  const copiesNext = left <= LAST_SECONDS
  const nextCopied = copied?.what === 'next-code' && totp.startsAt <= copied.copiedAt
  return (
    <button
      type="button"
      className={css['code']}
      data-small={small}
      data-late={left <= LATE_SECONDS}
      data-copies-next={copiesNext}
      data-copied={copied !== null}
      aria-label={`Copy ${copiesNext ? 'next ' : ''}code ${spelled(stale, copiesNext ? totp.next : totp.code)} of ${name}`}
      onClick={() => void actions.copyCode(name)}
    >
      <Ring left={shareLeft(left, totp)} />
      {/* Hidden from screen readers, because the button's name contains the code. */}
      <span className={countdown['digits']} aria-hidden="true">
        {groupedCode(digits)}
      </span>
      <span className={classes(countdown['seconds'], css['seconds'])} aria-hidden="true">
        {left} s
      </span>
      {left <= LATE_SECONDS && !stale && (
        <span className={css['next']} aria-hidden="true">
          → <b>{groupedCode(totp.next)}</b>
        </span>
      )}
      <span className={css['copy']} aria-hidden={copied !== null}>
        <CopyWords
          words={copiesNext ? 'Copy next' : 'Copy'}
          copiedUntil={copied?.clearsAt ?? null}
          special={nextCopied ? '✓ Next' : null}
        />
      </span>
    </button>
  )
}

/** Separates the digits, so that a screen reader reads them one by one. */
const spelled = (stale: boolean, code: string): string => (stale ? '' : code.split('').join(' '))
