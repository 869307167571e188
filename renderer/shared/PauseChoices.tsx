import { useState } from 'react'
import { istDate } from '../../electron/contract/words.ts'
import { Button } from './Button.tsx'
import css from './PauseChoices.module.css'

const DAY_MS = 24 * 60 * 60_000

/** Returns the days until Monday in India, from 1 to 7. */
const daysToMonday = (now: number): number => (8 - new Date(istDate(now)).getUTCDay()) % 7 || 7

interface PauseChoicesProps {
  /** The day in India (`YYYY-MM-DD`). */
  today: string
  /** Whether the first choice takes the focus. */
  focuses: boolean
  className: string | undefined
  /** Is called with `today`, or with the first day (`YYYY-MM-DD`) that has a run again. */
  pause: (until: string) => void
  /** Is called for Escape. */
  close?: () => void
}

/** Lets the user choose how long the schedule pauses. */
export function PauseChoices({ today, focuses, className, pause, close }: PauseChoicesProps) {
  const [until, setUntil] = useState<string | null>(null)
  const [returned, setReturned] = useState(false)
  const now = Date.parse(today)
  const tomorrow = istDate(now + DAY_MS)
  const choices = [
    ['Today', 'today'],
    ['Tomorrow', istDate(now + 2 * DAY_MS)],
    ['This week', istDate(now + daysToMonday(now) * DAY_MS)],
  ] as const
  return (
    <form
      className={className}
      aria-label="Pause the morning run"
      onSubmit={(event) => {
        event.preventDefault()
        if (until !== null) pause(until)
      }}
      onKeyDown={(event) => {
        // The date input uses arrows and letters itself.
        event.stopPropagation()
        if (event.key !== 'Escape') return
        event.preventDefault()
        setUntil(null)
        setReturned(true)
        close?.()
      }}
    >
      {until === null ? (
        <>
          {choices.map(([words, end], index) => (
            <Button
              key={words}
              autoFocus={(focuses || returned) && index === 0}
              onClick={() => {
                pause(end)
              }}
            >
              {words}
            </Button>
          ))}
          <Button
            onClick={() => {
              setUntil('')
            }}
          >
            Date…
          </Button>
        </>
      ) : (
        <>
          <input
            type="date"
            className={css['date']}
            aria-label="First day with a run again"
            autoFocus
            min={tomorrow}
            value={until}
            onChange={({ target }) => {
              setUntil(target.value)
            }}
          />
          <Button type="submit" disabled={until < tomorrow}>
            Pause
          </Button>
        </>
      )}
    </form>
  )
}
