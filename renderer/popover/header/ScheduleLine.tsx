import { useRef, useState } from 'react'
import type { ScheduleView } from '../../../electron/contract/state.ts'
import { useActions } from '../store/ActionsContext.ts'
import { PauseMenu } from './PauseMenu.tsx'
import { Button } from '../../shared/Button.tsx'
import text from '../../shared/text.module.css'
import row from '../row.module.css'
import css from './ScheduleLine.module.css'

/** Shows the schedule's next step and its pause button. */
export function ScheduleLine({ schedule }: { schedule: ScheduleView }) {
  const actions = useActions()
  const [open, setOpen] = useState<'pause' | 'note' | null>(null)
  const pauseButton = useRef<HTMLButtonElement>(null)
  const { words, calendarNote, state } = schedule
  const isPaused = state === 'paused'
  const toggle = (what: 'pause' | 'note') => () => {
    setOpen(open === what ? null : what)
  }
  return (
    <section className={css['schedule']} aria-label="Morning run">
      <div className={row['row']}>
        <p className={row['muted-words']}>{words}</p>
        {calendarNote !== null && (
          <Button look="link" aria-expanded={open === 'note'} onClick={toggle('note')}>
            Holidays?
          </Button>
        )}
        {state !== 'off' && (
          // The same button pauses and resumes, so that it keeps the focus.
          <Button
            look="link"
            ref={pauseButton}
            aria-expanded={isPaused ? undefined : open === 'pause'}
            onClick={isPaused ? () => void actions.resumeSchedule() : toggle('pause')}
          >
            {isPaused ? 'Resume' : 'Pause…'}
          </Button>
        )}
      </div>
      {open === 'note' && calendarNote !== null && <p className={text['muted']}>{calendarNote}</p>}
      {open === 'pause' && state === 'on' && (
        <PauseMenu
          close={() => {
            setOpen(null)
            pauseButton.current?.focus()
          }}
        />
      )}
    </section>
  )
}
