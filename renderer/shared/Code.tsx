import { isStale, LATE_SECONDS, secondsLeft, shareLeft } from '../../electron/contract/countdown.ts'
import type { TotpCode } from '../../electron/contract/state.ts'
import { groupedCode } from '../../electron/contract/words.ts'
import { classes } from './classes.ts'
import css from './Code.module.css'
import countdown from './countdown.module.css'
import { Ring } from './Ring.tsx'
import { useNow } from './useNow.ts'

interface CodeProps {
  code: TotpCode
  /** True beside other text. */
  small?: boolean
}

/** Shows a code with the time that it has left. */
export function Code({ code, small = false }: CodeProps) {
  const left = useNow((now) => secondsLeft(code.endsAt, now))
  const stale = useNow((now) => isStale(code.endsAt, now))
  return (
    <span className={css['code']} data-late={left <= LATE_SECONDS} data-small={small}>
      <Ring left={shareLeft(left, code)} />
      <span className={classes(countdown['digits'], css['digits'])}>
        {groupedCode(stale ? code.code.replaceAll(/\d/g, '·') : code.code)}
      </span>
      <span className={countdown['seconds']}>{left} s</span>
    </span>
  )
}
