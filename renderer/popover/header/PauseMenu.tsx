import { useState } from 'react'
import { istDate } from '../../../electron/contract/words.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'

const DAY_MS = 24 * 60 * 60_000

/** Lets the user choose how long the schedule pauses. */
export function PauseMenu({ close }: { close: () => void }) {
  const actions = useActions()
  const [until, setUntil] = useState('')
  const tomorrow = useNow((now) => istDate(now + DAY_MS))
  const pause = (end: string): void => {
    close()
    void actions.pauseSchedule(end)
  }
  return (
    <form
      className="card-menu"
      aria-label="Pause the morning run"
      onSubmit={(event) => {
        event.preventDefault()
        pause(until)
      }}
      onKeyDown={(event) => {
        // The date input uses arrows and letters itself.
        event.stopPropagation()
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <button
        type="button"
        className="button"
        autoFocus
        onClick={() => {
          pause('today')
        }}
      >
        For today
      </button>
      <input
        type="date"
        className="date"
        aria-label="First day with a run again"
        min={tomorrow}
        value={until}
        onChange={({ target }) => {
          setUntil(target.value)
        }}
      />
      <button type="submit" className="button" disabled={until < tomorrow}>
        Until then
      </button>
    </form>
  )
}
