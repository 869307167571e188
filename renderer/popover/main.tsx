import '../shared/system-font.ts'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { createClock, pageClockSource } from '../shared/clock.ts'
import { createActions } from './store/actions.ts'
import { App } from './App.tsx'
import { connectState } from './store/connect-state.ts'
import { createStore } from './store/store.ts'

const clock = createClock(pageClockSource())
const store = createStore(clock)
const actions = createActions(window.tokentray, store)

window.tokentray.on('accountWanted', store.focusAccount)

const root = document.getElementById('root')
if (root !== null) {
  // At once, so that the state, which has been asked for already, is on the page before the window shows it.
  flushSync(() => {
    createRoot(root).render(
      <StrictMode>
        <App store={store} actions={actions} clock={clock} />
      </StrictMode>,
    )
  })
}

const visibility = {
  hidden: () => document.hidden,
  onChange: (callback: () => void) => {
    document.addEventListener('visibilitychange', callback)
  },
}

connectState(window.tokentray, visibility, (app) => {
  const ending = app.accounts.find((account) => account.totp !== null)?.totp?.endsAt
  if (ending !== undefined) clock.align(ending)
  store.receive(app)
})
