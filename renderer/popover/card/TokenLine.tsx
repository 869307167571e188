import { useContext } from 'react'
import type { AccountView } from '../../../electron/contract/state.ts'
import { hasToken, hindrance, tokenWords } from '../../../electron/contract/status.ts'
import { useClock, useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { CopyWords } from './CopyWords.tsx'
import { Hour12Context } from '../Hour12Context.ts'
import { offersLogin } from './remedy.ts'

/** Until when the token is good, and what to do with it. */
export function TokenLine({ account, copiedUntil }: { account: AccountView; copiedUntil: number | null }) {
  const actions = useActions()
  const clock = useClock()
  const hour12 = useContext(Hour12Context)
  const words = useNow((now) => tokenWords(account, now, clock.zone(), hour12))
  const login = offersLogin(account)
  const copy = hasToken(account)
  // Without a token and with a problem the broker's name alone would only push the problem down.
  if (!login && !copy && hindrance(account) !== null) return null

  return (
    <div className="row">
      {/* Beside two buttons there is no room for all of it; the state above says when it ends. */}
      {!(login && copiedUntil !== null) && <p className="muted words">{words}</p>}
      <div className="actions">
        {login && (
          <button
            type="button"
            className={copy ? 'button' : 'button soft'}
            aria-label={`Log in ${account.name}`}
            onClick={() => void actions.login(account.name)}
          >
            Log in
          </button>
        )}
        {copy && (
          <button
            type="button"
            className="button soft"
            data-copied={copiedUntil !== null}
            aria-label={`Copy token of ${account.name}`}
            onClick={() => void actions.copyToken(account.name)}
          >
            {/* Those who hear the page are told of the copy elsewhere; the button's name stays what it does. */}
            <span aria-hidden={copiedUntil !== null}>
              <CopyWords words="Copy token" copiedUntil={copiedUntil} />
            </span>
          </button>
        )}
      </div>
    </div>
  )
}
