import type { AppState } from '../../../electron/contract/state.ts'
import { summaryOf } from '../../../electron/contract/summary.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useActions } from '../store/ActionsContext.ts'
import { classes } from '../../shared/classes.ts'
import { dragWindow } from './drag-window.ts'
import { IconButton } from '../IconButton.tsx'
import bar from '../bar.module.css'
import css from './Header.module.css'

interface HeaderProps {
  app: AppState
  /** Whether only accounts that are not ready are shown; null while there are none. */
  filter: boolean | null
  onFilter: () => void
}

/** Shows the summary as the title. While accounts are not ready, a click shows only those, and another all again. */
export function Header({ app, filter, onFilter }: HeaderProps) {
  const actions = useActions()
  const summary = summaryOf(app)
  const content = (
    <>
      {summary !== null && summary.tone !== 'plain' && <Icon shape="bang" />}
      {summary?.words ?? 'TokenTray'}
    </>
  )
  return (
    <header
      className={classes(bar['bar'], css['header'])}
      onPointerDown={(event) => {
        dragWindow(event, actions.moveBy)
      }}
    >
      <h1>
        {filter === null || app.accounts.length < 2 ? (
          <span className={css['summary']} data-tone={summary?.tone}>
            {content}
          </span>
        ) : (
          <button
            type="button"
            className={css['summary']}
            data-tone={summary?.tone}
            title={filter ? 'Show all' : 'Show only those that are not ready'}
            aria-pressed={filter}
            // The focus stays where the user types.
            onMouseDown={(event) => {
              event.preventDefault()
            }}
            onClick={onFilter}
          >
            {content}
            <Icon shape={filter ? 'cross' : 'fold'} />
          </button>
        )}
      </h1>
      <div className={css['tools']}>
        {app.accounts.length > 0 && (
          <IconButton
            shape="plus"
            aria-label="Add an account"
            title="Add an account"
            onClick={() => void actions.openAccountForm(null)}
          />
        )}
        <IconButton
          shape="gear"
          aria-label="Settings"
          title="Settings"
          onClick={() => void actions.openSettings()}
        />
      </div>
    </header>
  )
}
