import { useSyncExternalStore } from 'react'
import type { Clock } from '../shared/clock.ts'
import { ClockContext } from '../shared/useNow.ts'
import type { Actions } from './store/actions.ts'
import { ActionsContext } from './store/ActionsContext.ts'
import { Hour12Context } from './Hour12Context.ts'
import { Popover } from './Popover.tsx'
import type { Store } from './store/store.ts'

export function App({ store, actions, clock }: { store: Store; actions: Actions; clock: Clock }) {
  const view = useSyncExternalStore(store.subscribe, store.view, store.view)
  return (
    <ClockContext value={clock}>
      <ActionsContext value={actions}>
        <Hour12Context value={view.app?.hour12 ?? false}>
          {view.app !== null && <Popover view={view} app={view.app} />}
        </Hour12Context>
      </ActionsContext>
    </ClockContext>
  )
}
