import { useState } from 'react'
import type { SettingsView } from '../../electron/contract/settings.ts'
import { Button } from '../shared/Button.tsx'
import css from './Month.module.css'

interface MonthProps {
  view: SettingsView
  /** Takes the day that the user points out, `YYYY-MM-DD`, and whether the exchange is open on it. */
  onChoose: (date: string, isOpen: boolean) => void
}

/** Shows a month of the exchange's days and the user's own. A day that is pressed is taken over for a change. */
export function Month({ view, onChoose }: MonthProps) {
  const { calendar } = view
  const [month, setMonth] = useState(calendar.today.slice(0, 7))
  const days = daysOf(month)
  const title = new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
  const names = days
    .map((date) => ({ date, name: markOf(view, date)?.name ?? null }))
    .filter(({ name }) => name !== null)
  return (
    <div className={css['month']} role="group" aria-label="Trading days">
      <div className={css['top']}>
        <Button
          look="small"
          aria-label="The month before"
          onClick={() => {
            setMonth(moved(month, -1))
          }}
        >
          ‹
        </Button>
        <strong role="status">{title}</strong>
        <Button
          look="small"
          aria-label="The next month"
          onClick={() => {
            setMonth(moved(month, 1))
          }}
        >
          ›
        </Button>
      </div>
      <div className={css['days']}>
        {['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'].map((day) => (
          <span key={day} aria-hidden="true">
            {day}
          </span>
        ))}
        {Array.from({ length: weekday(days[0] ?? month) }, (_, index) => (
          <span key={index} />
        ))}
        {days.map((date) => {
          const mark = markOf(view, date)
          const isOpen = mark === null ? weekday(date) < 5 : mark.isOpen
          return (
            <button
              key={date}
              type="button"
              data-open={isOpen}
              data-own={mark?.isOwn === true}
              aria-current={date === calendar.today ? 'date' : undefined}
              aria-label={`${String(Number(date.slice(8)))} ${title}, ${isOpen ? 'open' : 'closed'}${mark === null ? '' : `: ${mark.name}`}`}
              title={mark?.name}
              onClick={() => {
                onChoose(date, isOpen)
              }}
            >
              {Number(date.slice(8))}
            </button>
          )
        })}
      </div>
      {names.length > 0 && (
        <p className={css['names']}>
          {names.map(({ date, name }) => `${String(Number(date.slice(8)))} ${name ?? ''}`).join(' · ')}
        </p>
      )}
    </div>
  )
}

interface Mark {
  readonly isOpen: boolean
  readonly isOwn: boolean
  readonly name: string
}

/** Returns what makes a day another than its weekday says; the user's own marks come first. */
function markOf({ calendar, settings: { schedule } }: SettingsView, date: string): Mark | null {
  if (schedule.extraClosed.includes(date)) return { isOpen: false, isOwn: true, name: 'your holiday' }
  if (schedule.extraOpen.includes(date)) return { isOpen: true, isOwn: true, name: 'your session' }
  const day = calendar.days.find((one) => one.date === date)
  return day === undefined ? null : { isOpen: day.is === 'open', isOwn: false, name: day.name }
}

/** Returns a month's days, `YYYY-MM-DD`. */
function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}

/** Returns the days since Monday. */
const weekday = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

function moved(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
