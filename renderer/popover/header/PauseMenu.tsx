import { useState } from 'react'
import { istDate } from '../../../electron/contract/words.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { Button } from '../../shared/Button.tsx'
import menu from '../menu.module.css'
import css from './PauseMenu.module.css'

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
      className={menu['menu']}
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
      <Button
        autoFocus
        onClick={() => {
          pause('today')
        }}
      >
        For today
      </Button>
      <input
        type="date"
        className={css['date']}
        aria-label="First day with a run again"
        min={tomorrow}
        value={until}
        onChange={({ target }) => {
          setUntil(target.value)
        }}
      />
      <Button type="submit" disabled={until < tomorrow}>
        Pause
      </Button>
    </form>
  )
}
