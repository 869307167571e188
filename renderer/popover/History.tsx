import { useContext, useEffect, useState } from 'react'
import type { PopoverBridge } from '../../electron/contract/popover.ts'
import { istClock, istShortDay } from '../../electron/contract/words.ts'
import { Button } from '../shared/Button.tsx'
import { Hour12Context } from './Hour12Context.ts'
import { useActions } from './store/ActionsContext.ts'
import css from './History.module.css'

type Events = Awaited<ReturnType<PopoverBridge['getHistory']>>

/** The most days that are listed. */
const DAYS = 30

/** Shows what became of an account's tokens, day by day, the newest first. */
export function History({ name, close }: { name: string; close: () => void }) {
  const actions = useActions()
  const hour12 = useContext(Hour12Context)
  const [events, setEvents] = useState<Events | null>(null)
  useEffect(() => {
    void actions.getHistory(name).then(setEvents)
  }, [actions, name])
  const days = new Map<string, Events>()
  for (const event of (events ?? []).toReversed()) {
    const day = istShortDay(event.at)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return (
    <section
      className={css['history']}
      aria-label={`History of ${name}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <Button autoFocus onClick={close}>
        Back
      </Button>
      <h2>
        History of <bdi>{name}</bdi>
      </h2>
      {events?.length === 0 && <p>Nothing yet.</p>}
      <dl>
        {[...days].slice(0, DAYS).map(([day, those]) => (
          <div key={day}>
            <dt>{day}</dt>
            {those.map(({ at, event, by }, index) => (
              <dd key={index}>
                {istClock(at, hour12)} {event} · {by}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}
