import { useRef, useState } from 'react'
import type { SettingsView } from '../../electron/contract/settings.ts'
import { describedBy, Row } from './Row.tsx'
import { Month } from './Month.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import controls from './controls.module.css'
import inputCss from './input.module.css'
import css from './OwnDaysRow.module.css'

const ID = 'ownDay'

/** Shows the days that the user has marked open or closed against the exchange's calendar. */
export function OwnDaysRow({ view, outcome, change }: SettingsState) {
  const [day, setDay] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const days = ownDays(view)
  return (
    <Row
      id={ID}
      label="Extra holidays and sessions"
      help="These override the exchange’s calendar."
      labelled={false}
      outcome={outcome}
    >
      <div className={controls['controls']} role="group" aria-labelledby={`${ID}-label`}>
        {days.length > 0 && (
          <ul className={css['days']} aria-labelledby={`${ID}-label`}>
            {days.map(({ date, kind }) => (
              <li key={date}>
                <span>
                  <time dateTime={date}>{dateWords(date)}</time> · {kind}
                </span>
                <Button
                  aria-label={`Remove ${dateWords(date)}`}
                  onClick={() => {
                    void change(ID, { ownDay: date, is: 'usual' })
                    input.current?.focus()
                  }}
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Month
          view={view}
          onChoose={(date, isExchangeOpen) => {
            setDay(date)
            setIsOpen(!isExchangeOpen)
            input.current?.focus()
          }}
        />
        <input
          type="date"
          className={inputCss['input']}
          ref={input}
          aria-label="Day"
          aria-describedby={describedBy(ID)}
          value={day}
          onChange={({ target }) => {
            setDay(target.value)
          }}
        />
        <select
          className={inputCss['input']}
          aria-label="What it is"
          value={isOpen ? 'open' : 'closed'}
          onChange={({ target }) => {
            setIsOpen(target.value === 'open')
          }}
        >
          <option value="closed">Holiday</option>
          <option value="open">Special session</option>
        </select>
        <Button onClick={() => void change(ID, { ownDay: day, is: isOpen ? 'open' : 'closed' })}>Add</Button>
      </div>
    </Row>
  )
}

interface OwnDay {
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly kind: 'holiday' | 'special session'
}

function ownDays({ settings: { schedule } }: SettingsView): OwnDay[] {
  const closed = schedule.extraClosed.map((date): OwnDay => ({ date, kind: 'holiday' }))
  const open = schedule.extraOpen.map((date): OwnDay => ({ date, kind: 'special session' }))
  return [...closed, ...open].sort((a, b) => a.date.localeCompare(b.date))
}

const dateWords = (date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
