import { useRef, useState } from 'react'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import controls from './controls.module.css'
import input from './input.module.css'

const ID = 'pause'

/** Shows the schedule's next step and its pause controls. */
export function PauseRow({ view, outcome, change }: SettingsState) {
  const [until, setUntil] = useState('')
  const first = useRef<HTMLButtonElement>(null)
  const { words, calendarNote, state } = view.schedule
  const isPaused = state === 'paused'
  const pause = (pauseUntil: string | null): void => {
    void change(ID, { pauseUntil })
    // Moved to the first button, because the pressed one may be removed.
    first.current?.focus()
  }
  return (
    <Row id={ID} label={words} labelled={false} help={calendarNote} outcome={outcome}>
      <div className={controls['controls']} role="group" aria-labelledby={`${ID}-label`}>
        {state !== 'off' && (
          <Button
            ref={first}
            aria-describedby={`${ID}-label ${ID}-outcome`}
            onClick={() => {
              pause(isPaused ? null : 'today')
            }}
          >
            {isPaused ? 'Resume' : 'Pause for today'}
          </Button>
        )}
        {state === 'on' && (
          <>
            <input
              type="date"
              className={input['input']}
              aria-label="First day with a run again"
              aria-describedby={describedBy(ID)}
              value={until}
              onChange={({ target }) => {
                setUntil(target.value)
              }}
            />
            <Button
              onClick={() => {
                pause(until)
              }}
            >
              Pause until that day
            </Button>
          </>
        )}
      </div>
    </Row>
  )
}
