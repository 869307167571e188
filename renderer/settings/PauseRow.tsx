import { useRef } from 'react'
import { Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import { PauseChoices } from '../shared/PauseChoices.tsx'
import controls from './controls.module.css'

const ID = 'pause'

/** Shows the schedule's next step and its pause controls. */
export function PauseRow({ view, outcome, change }: SettingsState) {
  const group = useRef<HTMLDivElement>(null)
  const { words, calendarNote, state } = view.schedule
  const help = state === 'on' ? `${calendarNote ?? ''} Pause the mornings for:`.trimStart() : calendarNote
  const pause = (pauseUntil: string | null): void => {
    void change(ID, { pauseUntil })
    // The pressed button may be removed.
    group.current?.focus()
  }
  return (
    <Row id={ID} label={words} labelled={false} help={help} outcome={outcome}>
      <div
        className={controls['controls']}
        role="group"
        aria-labelledby={`${ID}-label`}
        tabIndex={-1}
        ref={group}
      >
        {state === 'paused' && (
          <Button
            aria-describedby={`${ID}-label ${ID}-outcome`}
            onClick={() => {
              pause(null)
            }}
          >
            Resume
          </Button>
        )}
        {state === 'on' && (
          <PauseChoices
            today={view.calendar.today}
            focuses={false}
            className={controls['controls']}
            pause={pause}
          />
        )}
      </div>
    </Row>
  )
}
