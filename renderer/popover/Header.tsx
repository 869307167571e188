import type { AppState } from '../../electron/contract/state.ts'
import { Icon } from '../shared/Icon.tsx'
import { useActions } from './ActionsContext.ts'
import { summaryOf } from './summary.ts'

export function Header({ app }: { app: AppState }) {
  const actions = useActions()
  const summary = summaryOf(app)
  return (
    <header className="header">
      <h1>TokenTray</h1>
      {summary !== null && (
        <p className="summary" data-tone={summary.tone}>
          {summary.tone !== 'plain' && <Icon shape="bang" />}
          {summary.words}
        </p>
      )}
      {app.accounts.length > 0 && (
        <button
          type="button"
          className="icon-button"
          aria-label="Add an account"
          title="Add an account"
          onClick={() => void actions.openForm(null)}
        >
          <Icon shape="plus" />
        </button>
      )}
    </header>
  )
}
