import { useRef } from 'react'
import type { AppState } from '../../../electron/contract/state.ts'
import { summaryOf, type Summary } from '../../../electron/contract/summary.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useActions } from '../store/ActionsContext.ts'
import { classes } from '../../shared/classes.ts'
import { IconButton } from '../IconButton.tsx'
import bar from '../bar.module.css'
import css from './Header.module.css'

interface HeaderProps {
  app: AppState
  /** Scrolls an account into view. */
  goTo: (name: string) => void
}

export function Header({ app, goTo }: HeaderProps) {
  const actions = useActions()
  const summary = summaryOf(app)
  return (
    <header className={classes(bar['bar'], css['header'])}>
      <h1>TokenTray</h1>
      {summary !== null && <SummaryLine summary={summary} goTo={goTo} />}
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

/** Shows the summary. While accounts wait for the user, a click goes to the next of them. */
function SummaryLine({ summary, goTo }: { summary: Summary; goTo: HeaderProps['goTo'] }) {
  const { words, tone, waiting } = summary
  const last = useRef('')
  const content = (
    <>
      {tone !== 'plain' && <Icon shape="bang" />}
      {words}
    </>
  )
  if (waiting.length === 0) {
    return (
      <p className={css['summary']} data-tone={tone}>
        {content}
      </p>
    )
  }
  return (
    <button
      type="button"
      className={css['summary']}
      data-tone={tone}
      title="Go to what needs you"
      onClick={() => {
        const next = waiting[(waiting.indexOf(last.current) + 1) % waiting.length]
        if (next === undefined) return
        last.current = next
        goTo(next)
      }}
    >
      {content}
    </button>
  )
}
