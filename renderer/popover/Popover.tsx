import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { AppState } from '../../electron/contract/state.ts'
import { useClock } from '../shared/useNow.ts'
import { AccountList } from './card/AccountList.tsx'
import { useActions } from './store/ActionsContext.ts'
import { accountAt, focusCard } from './card/cards.ts'
import { Footer } from './Footer.tsx'
import { Header } from './header/Header.tsx'
import { matching } from './store/matching.ts'
import { inOrder, isCompact, isUnready } from './store/order.ts'
import { Banners } from './Banners.tsx'
import { History } from './History.tsx'
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
  const { accounts, pinned } = app
  const [typed, setQuery] = useState('')
  const [filters, setFilters] = useState(false)
  const [marked, setMarked] = useState<string | null>(null)
  /** Counts how often the popover was put away, so that each opening starts at the top. */
  const [opening, setOpening] = useState(0)
  const [hadAccounts, setHadAccounts] = useState(accounts.length > 0)
  if (accounts.length > 0 && !hadAccounts) setHadAccounts(true)
  const { history } = view
  const searchable = isSearchable(accounts) && history === null
  const query = searchable ? typed.trim() : ''
  const isFiltered = filters && accounts.some(isUnready)
  const shown = useMemo(() => {
    const ordered = inOrder(accounts, pinned)
    return matching(isFiltered ? ordered.filter(isUnready) : ordered, query, clock.exact())
  }, [accounts, pinned, isFiltered, query, clock])
  const selected = (shown.find(({ name }) => name === marked) ?? shown[0])?.name ?? null
  const isSearching = query !== '' || isFiltered
  const keys = useMemo(() => {
    const clearSearch = (): void => {
      setQuery('')
      setFilters(false)
    }
    const listed = history === null ? { shown, selected } : { shown: [], selected: null }
    return { accounts, ...listed, searching: isSearching, clearSearch, actions }
  }, [accounts, history, shown, selected, isSearching, actions])
  useKeys(keys)
  useFit(content, actions.fit, isSearching, !isCompact(accounts))
  useWhenHidden(() => {
    keys.clearSearch()
    setMarked(null)
    actions.showHistory(null)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setOpening(opening + 1)
  })
  const start = useEffectEvent(() => {
    const first = shown.find(({ question }) => question !== null) ?? shown[0]
    // A question has taken the focus already.
    if (first !== undefined && accountAt(document.activeElement) === null) focusCard(first.name)
  })
  const isEmpty = accounts.length === 0
  useEffect(() => {
    start()
  }, [opening, isEmpty, history])
  const goTo = (name: string): void => {
    keys.clearSearch()
    requestAnimationFrame(() => {
      focusCard(name)
    })
  }

  useFocusRequest(view.focusRequest, goTo)

  return (
    <div className={css['popover']} data-blurs={app.blurCodes}>
      <Header
        app={app}
        filter={accounts.some(isUnready) ? isFiltered : null}
        onFilter={() => {
          setFilters(!isFiltered)
        }}
      />
      {searchable && (
        <Search
          query={typed}
          onQuery={(words) => {
            setQuery(words)
            setMarked(null)
          }}
          found={shown.length}
          of={accounts.length}
          hides={!isCompact(accounts)}
        />
      )}
      <main className={css['scroll']}>
        <div className={css['content']} ref={content}>
          <Banners app={app} failure={view.pageFailure} />
          {history !== null ? (
            <History
              name={history}
              close={() => {
                actions.showHistory(null)
              }}
            />
          ) : accounts.length === 0 ? (
            <FirstRun afterAccounts={hadAccounts} />
          ) : (
            <AccountList
              accounts={accounts}
              shown={shown}
              selected={selected}
              onMark={setMarked}
              clipboard={app.clipboard}
              failures={view.failures}
              pinned={pinned}
            />
          )}
          {shown.length === 0 && query !== '' && (
            <div className={css['nothing']}>
              <p>
                No account matches “<bdi>{query}</bdi>”.
              </p>
              <Button onClick={keys.clearSearch}>Show all</Button>
            </div>
          )}
        </div>
      </main>
      {app.schedule !== null && <ScheduleLine app={app} schedule={app.schedule} />}
      <Footer accounts={accounts} selected={keys.shown.find(({ name }) => name === selected) ?? null} />
      <div className={text['unseen']} role="status" aria-live="polite">
        <span key={view.announcement.serial}>{view.announcement.words}</span>
      </div>
    </div>
  )
}
