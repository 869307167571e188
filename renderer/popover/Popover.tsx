import { useMemo, useRef, useState } from 'react'
import type { AppState } from '../../electron/contract/state.ts'
import { useClock } from '../shared/useNow.ts'
import { AccountList } from './card/AccountList.tsx'
import { useActions } from './store/ActionsContext.ts'
import { focusCard } from './card/cards.ts'
import { Footer } from './Footer.tsx'
import { Header } from './header/Header.tsx'
import { matching } from './store/matching.ts'
import { Banners } from './Banners.tsx'
import { FirstRun } from './FirstRun.tsx'
import { isSearchable, Search } from './header/Search.tsx'
import { ScheduleLine } from './header/ScheduleLine.tsx'
import type { View } from './store/store.ts'
import { useFit } from './useFit.ts'
import { useKeys } from './keyboard/useKeys.ts'
import { useFocusRequest } from './store/useFocusRequest.ts'
import { useWhenHidden } from './useWhenHidden.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import css from './Popover.module.css'

export function Popover({ view, app }: { view: View; app: AppState }) {
  const actions = useActions()
  const clock = useClock()
  const content = useRef<HTMLDivElement>(null)
  const [typed, setQuery] = useState('')
  const { accounts } = app
  const [hadAccounts, setHadAccounts] = useState(accounts.length > 0)
  if (accounts.length > 0 && !hadAccounts) setHadAccounts(true)
  const searchable = isSearchable(accounts)
  const query = searchable ? typed.trim() : ''
  const shown = useMemo(() => matching(accounts, query, clock.exact()), [accounts, query, clock])
  useKeys(useMemo(() => ({ accounts, shown, query, setQuery, actions }), [accounts, shown, query, actions]))
  useFit(content, actions.fit, query !== '')
  useWhenHidden(() => {
    setQuery('')
  })
  const goTo = (name: string): void => {
    setQuery('')
    requestAnimationFrame(() => {
      focusCard(name)
    })
  }

  useFocusRequest(view.focusRequest, goTo)

  return (
    <div className={css['popover']}>
      <Header app={app} goTo={goTo} />
      {searchable && (
        <Search
          query={typed}
          onQuery={setQuery}
          found={shown.length}
          of={accounts.length}
          onEnter={() => {
            if (shown[0] !== undefined) focusCard(shown[0].name)
          }}
        />
      )}
      <main className={css['scroll']}>
        <div className={css['content']} ref={content}>
          <Banners app={app} failure={view.pageFailure} />
          {accounts.length === 0 ? (
            <FirstRun afterAccounts={hadAccounts} />
          ) : (
            <AccountList
              accounts={accounts}
              shown={shown}
              clipboard={app.clipboard}
              failures={view.failures}
            />
          )}
          {shown.length === 0 && query !== '' && (
            <div className={css['nothing']}>
              <p>
                No account matches “<bdi>{query}</bdi>”.
              </p>
              <Button
                onClick={() => {
                  setQuery('')
                }}
              >
                Show all
              </Button>
            </div>
          )}
        </div>
      </main>
      {app.schedule !== null && <ScheduleLine schedule={app.schedule} />}
      <Footer accounts={accounts} />
      <div className={text['unseen']} role="status" aria-live="polite">
        <span key={view.announcement.serial}>{view.announcement.words}</span>
      </div>
    </div>
  )
}
