import type { ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import type { ChangeOutcome } from './useSettings.ts'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import outcomeCss from './Outcome.module.css'
import css from './Row.module.css'

interface RowProps {
  id: string
  label: string
  help?: string | null
  outcome: ChangeOutcome | null
  /** False for a control that has its own label, such as a group. */
  labelled?: boolean
  children: ReactNode
}

/** Returns `aria-describedby` for a control: its line of help and its outcome. */
export const describedBy = (id: string): string => `${id}-help ${id}-outcome`

/** Shows one setting: its name, a line of help, its control, and the outcome of its last change. */
export function Row({ id, label, help = null, outcome, labelled = true, children }: RowProps) {
  const own = outcome?.row === id ? outcome : null
  return (
    <div className={css['row']}>
      <div className={css['words']}>
        {labelled ? (
          <label htmlFor={id} className={css['name']}>
            {label}
          </label>
        ) : (
          <p className={css['name']} id={`${id}-label`}>
            {label}
          </p>
        )}
        {help !== null && (
          <p className={text['help']} id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
      <div className={css['control']}>{children}</div>
      {/* Always rendered, because a screen reader announces changes only in an existing live region. */}
      <p
        className={classes(outcomeCss['outcome'], css['outcome'])}
        id={`${id}-outcome`}
        role="status"
        data-ok={own?.ok}
      >
        {own !== null && (
          <>
            {!own.ok && <Icon shape="bang" />}
            {own.words}
          </>
        )}
      </p>
    </div>
  )
}
