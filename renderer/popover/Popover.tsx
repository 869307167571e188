import type { AppState } from '../../electron/contract/state.ts'
import { AccountCard } from './AccountCard.tsx'
import { useActions } from './ActionsContext.ts'
import { Banners } from './Banners.tsx'
import { FirstRun } from './FirstRun.tsx'
import { Footer } from './Footer.tsx'
import { Header } from './Header.tsx'
import type { View } from './store.ts'
import { useKeys } from './useKeys.ts'

export function Popover({ view, app }: { view: View; app: AppState }) {
  useKeys(app.accounts, useActions())
  const empty = app.accounts.length === 0
  return (
    <div className="popover">
      <Header app={app} />
      <main className="scroll">
        <Banners app={app} failure={view.pageFailure} dismissed={view.dismissed} />
        {empty ? (
          <FirstRun />
        ) : (
          <ul className="cards" aria-label="Accounts">
            {app.accounts.map((account) => (
              <AccountCard
                key={account.name}
                account={account}
                clipboard={app.clipboard}
                failure={view.failures[account.name] ?? null}
              />
            ))}
          </ul>
        )}
      </main>
      <Footer accounts={app.accounts} />
      <div className="unseen" role="status" aria-live="polite">
        <span key={view.said.turn}>{view.said.words}</span>
      </div>
    </div>
  )
}
