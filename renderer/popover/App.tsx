import { useSyncExternalStore } from 'react'
import type { AppState } from '../../electron/contract/state.ts'
import type { Clock } from '../shared/clock.ts'
import { ClockContext } from '../shared/useNow.ts'
import type { Actions } from './store/actions.ts'
import { ActionsContext } from './store/ActionsContext.ts'
import { Hour12Context } from './Hour12Context.ts'
import { Popover } from './Popover.tsx'
import { Locked } from './Locked.tsx'
import type { Store, View } from './store/store.ts'

export function App({ store, actions, clock }: { store: Store; actions: Actions; clock: Clock }) {
  const view = useSyncExternalStore(store.subscribe, store.view, store.view)
  return (
    <ClockContext value={clock}>
      <ActionsContext value={actions}>
        <Hour12Context value={view.app?.hour12 ?? false}>
          {view.app !== null && <Page view={view} app={view.app} />}
        </Hour12Context>
      </ActionsContext>
    </ClockContext>
  )
}

function Page({ view, app }: { view: View; app: AppState }) {
  if (app.lock?.isLocked === true) return <Locked app={app} lock={app.lock} />
  return <Popover view={view} app={app} />
}
