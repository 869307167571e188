import { useContext } from 'react'
import type { AccountView } from '../../../electron/contract/state.ts'
import { hasToken, hindrance, tokenWords } from '../../../electron/contract/status.ts'
import { useClock, useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { CopyWords } from './CopyWords.tsx'
import { Hour12Context } from '../Hour12Context.ts'
import { offersLogin } from './remedy.ts'
import { Button } from '../../shared/Button.tsx'
import row from '../row.module.css'
import css from './TokenLine.module.css'

/** Shows until when the token works, with its buttons. */
export function TokenLine({ account, copiedUntil }: { account: AccountView; copiedUntil: number | null }) {
  const actions = useActions()
  const clock = useClock()
  const hour12 = useContext(Hour12Context)
  const words = useNow((now) => tokenWords(account, now, clock.zone(), hour12))
  const login = offersLogin(account)
  const copy = hasToken(account)
  // With a problem and no token the line would hold only the broker's name and push the problem down.
  if (!login && !copy && hindrance(account) !== null) return null

  return (
    <div className={row['row']}>
      <p className={row['muted-words']}>{words}</p>
      <div className={css['actions']} data-copied={copiedUntil !== null}>
        {login && (
          <Button
            look={copy ? 'plain' : 'soft'}
            aria-label={`Log in ${account.name}`}
            onClick={() => void actions.login(account.name)}
          >
            Log in
          </Button>
        )}
        {copy && (
          <Button
            look={copiedUntil === null ? 'soft' : 'done'}
            aria-label={`Copy token of ${account.name}`}
            onClick={({ shiftKey }) => void actions.copyToken(account.name, shiftKey ? 'stay' : 'soon')}
          >
            {/* Hidden from screen readers, because the live region announces the copy and the button keeps its name. */}
            <span aria-hidden={copiedUntil !== null}>
              <CopyWords words="Copy token" copiedUntil={copiedUntil} />
            </span>
          </Button>
        )}
      </div>
    </div>
  )
}
