import { useRef, useState } from 'react'
import type { SettingsView } from '../../electron/contract/settings.ts'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'

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
      label="Days of your own"
      help="A holiday that TokenTray does not know, or a special session. They count before the exchange’s calendar."
      labelled={false}
      outcome={outcome}
    >
      <div className="controls" role="group" aria-labelledby={`${ID}-label`}>
        {days.length > 0 && (
          <ul className="days" aria-labelledby={`${ID}-label`}>
            {days.map(({ date, kind }) => (
              <li key={date}>
                <span>
                  <time dateTime={date}>{dateWords(date)}</time> · {kind}
                </span>
                <button
                  type="button"
                  className="button"
                  aria-label={`Remove ${dateWords(date)}`}
                  onClick={() => {
                    void change(ID, { ownDay: date, is: 'usual' })
                    input.current?.focus()
                  }}
                >
                  Remove
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          type="date"
          className="input"
          ref={input}
          aria-label="Day"
          aria-describedby={describedBy(ID)}
          value={day}
          onChange={({ target }) => {
            setDay(target.value)
          }}
        />
        <select
          className="input"
          aria-label="What it is"
          value={isOpen ? 'open' : 'closed'}
          onChange={({ target }) => {
            setIsOpen(target.value === 'open')
          }}
        >
          <option value="closed">Holiday</option>
          <option value="open">Special session</option>
        </select>
        <button
          type="button"
          className="button"
          onClick={() => void change(ID, { ownDay: day, is: isOpen ? 'open' : 'closed' })}
        >
          Add
        </button>
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
