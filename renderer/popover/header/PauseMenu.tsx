import { useState } from 'react'
import { istDate } from '../../../electron/contract/words.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { Button } from '../../shared/Button.tsx'
import menu from '../menu.module.css'
import css from './PauseMenu.module.css'

const DAY_MS = 24 * 60 * 60_000

/** Returns the days until Monday in India, from 1 to 7. */
const daysToMonday = (now: number): number => (8 - new Date(istDate(now)).getUTCDay()) % 7 || 7

/** Lets the user choose how long the schedule pauses. */
export function PauseMenu({ close }: { close: () => void }) {
  const actions = useActions()
  const [until, setUntil] = useState<string | null>(null)
  const tomorrow = useNow((now) => istDate(now + DAY_MS))
  const afterTomorrow = useNow((now) => istDate(now + 2 * DAY_MS))
  const monday = useNow((now) => istDate(now + daysToMonday(now) * DAY_MS))
  const choices = [
    ['Today', 'today'],
    ['Tomorrow', afterTomorrow],
    ['This week', monday],
  ] as const
  const pause = (end: string): void => {
    close()
    void actions.pauseSchedule(end)
  }
  return (
    <form
      className={menu['menu']}
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
        close()
      }}
    >
      {until === null ? (
        <>
          {choices.map(([words, end], index) => (
            <Button
              key={words}
              autoFocus={index === 0}
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
