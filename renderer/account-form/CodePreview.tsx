import type { DraftView } from '../../electron/contract/account-form.ts'
import { groupedCode } from '../../electron/contract/words.ts'
import { isStale, LATE_SECONDS, secondsLeft, shareLeft } from '../../electron/contract/countdown.ts'
import { Ring } from '../shared/Ring.tsx'
import { useNow } from '../shared/useNow.ts'
import { COMPARE } from './code-words.ts'

const origins = {
  typed: 'The code of what you typed',
  imported: 'The code of what was imported',
  stored: 'The code of what is stored',
} as const

/** Shows a TOTP secret's code, so that the user can compare it with the phone's before a login. */
export function CodePreview({ totp }: { totp: NonNullable<DraftView['totp']> }) {
  return (
    <div className="code-preview" role="group" aria-label={origins[totp.from]}>
      <Code code={totp.code} />
      <p className="help">
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

export function Code({ code }: { code: NonNullable<DraftView['totp']>['code'] }) {
  const left = useNow((now) => secondsLeft(code.endsAt, now))
  const stale = useNow((now) => isStale(code.endsAt, now))
  return (
    <span className="code-now" data-late={left <= LATE_SECONDS}>
      <Ring left={shareLeft(left, code)} />
      <span className="digits">{groupedCode(stale ? code.code.replaceAll(/\d/g, '·') : code.code)}</span>
      <span className="seconds">{left} s</span>
    </span>
  )
}
