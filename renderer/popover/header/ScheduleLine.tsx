import { useRef, useState } from 'react'
import type { AppState, ScheduleView } from '../../../electron/contract/state.ts'
import { marketLine } from '../../../electron/contract/market.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { PauseMenu } from './PauseMenu.tsx'
import { Button } from '../../shared/Button.tsx'
import text from '../../shared/text.module.css'
import row from '../row.module.css'
import css from './ScheduleLine.module.css'

interface ScheduleLineProps {
  app: AppState
  schedule: ScheduleView
}

/** Shows the market's day, and the schedule's next step with its pause button. */
export function ScheduleLine({ app, schedule }: ScheduleLineProps) {
  const actions = useActions()
  const { accounts, market, hour12, startAtLogin } = app
  const marketWords = useNow(
    (now) => (market == null ? null : marketLine(market, accounts, now, hour12)) ?? '',
  )
  const [open, setOpen] = useState<'pause' | 'note' | null>(null)
  const pauseButton = useRef<HTMLButtonElement>(null)
  const { words, calendarNote, state } = schedule
  const isPaused = state === 'paused'
  const toggle = (what: 'pause' | 'note') => () => {
    setOpen(open === what ? null : what)
  }
  return (
    <section className={css['schedule']} aria-label="Morning run">
      {marketWords !== '' && <p className={text['muted']}>{marketWords}</p>}
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
      {startAtLogin?.asks === false && (
        <div className={row['row']}>
          <p className={row['muted-words']}>Runs at {startAtLogin.at} only if TokenTray is open</p>
          <Button look="link" onClick={() => void actions.answerStart(true)}>
            Start at login
          </Button>
        </div>
      )}
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
