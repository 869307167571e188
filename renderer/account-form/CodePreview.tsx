import type { DraftView } from '../../electron/contract/account-form.ts'
import { groupedCode } from '../../electron/contract/words.ts'
import { isStale, LATE_SECONDS, secondsLeft, shareLeft } from '../../electron/contract/countdown.ts'
import { Ring } from '../shared/Ring.tsx'
import { useNow } from '../shared/useNow.ts'
import { COMPARE } from './code-words.ts'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import countdown from '../shared/countdown.module.css'
import box from './box.module.css'
import css from './CodePreview.module.css'

const origins = {
  typed: 'The code of what you typed',
  imported: 'The code of what was imported',
  stored: 'The code of what is stored',
} as const

/** Shows a TOTP secret's code, so that the user can compare it with the phone's before a login. */
export function CodePreview({ totp }: { totp: NonNullable<DraftView['totp']> }) {
  return (
    <div className={classes(box['box'], css['preview'])} role="group" aria-label={origins[totp.from]}>
      <Code code={totp.code} />
      <p className={text['help']}>
        {totp.name !== '' && (
          <>
            <bdi>{totp.name}</bdi>.{' '}
          </>
        )}
        {COMPARE}
      </p>
    </div>
  )
}

interface CodeProps {
  code: NonNullable<DraftView['totp']>['code']
  /** True beside other text. */
  small?: boolean
}

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
