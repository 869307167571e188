import type { DraftView } from '../../electron/contract/account-form.ts'
import { Code } from '../shared/Code.tsx'
import { COMPARE } from './code-words.ts'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
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
