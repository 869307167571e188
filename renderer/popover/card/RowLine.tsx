import { useContext } from 'react'
import type { AccountView, ClipboardView } from '../../../electron/contract/state.ts'
import { hasToken, hindrance, isReady, statusOf, tokenWords } from '../../../electron/contract/status.ts'
import { Button } from '../../shared/Button.tsx'
import { Icon } from '../../shared/Icon.tsx'
import { useClock, useNow } from '../../shared/useNow.ts'
import { Hour12Context } from '../Hour12Context.ts'
import { useActions } from '../store/ActionsContext.ts'
import { CodeLine } from './CodeLine.tsx'
import { CopyWords } from './CopyWords.tsx'
import { RemedyButton } from './ProblemBox.tsx'
import { offersLogin, remediesFor } from './remedy.ts'
import { StatusWord } from './StatusWord.tsx'
import css from './RowLine.module.css'

interface RowLineProps {
  account: AccountView
  copied: ClipboardView | null
  /** The beginning of the ids by which the card is named. */
  id: string
}

/** Shows an account of a long list in one line: until when, its code, and what is copied or done most. */
export function RowLine({ account, copied, id }: RowLineProps) {
  const actions = useActions()
  const { name, totp, login } = account
  const problem = hindrance(account)
  const [main] = problem === null ? [] : remediesFor(problem, account)
  const copiedUntil = copied?.what === 'token' ? copied.clearsAt : null
  const isGood = isReady(account) && login === null
  return (
    <div className={css['line']}>
      <h2 id={`${id}-name`} className={css['name']} title={`${name} · ${account.brokerName}`}>
        <bdi>{name}</bdi>
      </h2>
      {hasToken(account) && login === null ? (
        <span className={css['token']} data-copied={copiedUntil !== null}>
          {isGood ? (
            <Until account={account} id={`${id}-status`} />
          ) : (
            <StatusWord account={account} id={`${id}-status`} />
          )}
          <Button
            look={copiedUntil === null ? 'small' : 'done'}
            aria-label={`Copy token of ${name}`}
            title="Copy token"
            onClick={({ shiftKey }) => void actions.copyToken(name, shiftKey ? 'stay' : 'soon')}
          >
            {copiedUntil === null ? <Icon shape="copy" /> : <CopyWords words="" copiedUntil={copiedUntil} />}
          </Button>
        </span>
      ) : (
        <StatusWord account={account} id={`${id}-status`} words={login?.label ?? problem?.message} />
      )}
      {login !== null ? (
        <Button aria-label={`Cancel the login of ${name}`} onClick={() => void actions.cancelLogin(name)}>
          Cancel
        </Button>
      ) : (
        !isGood &&
        problem !== null &&
        main !== undefined && <RemedyButton account={account} problem={problem} what={main} look="plain" />
      )}
      {offersLogin(account) && !hasToken(account) && (
        <Button aria-label={`Log in ${name}`} onClick={() => void actions.login(name)}>
          Log in
        </Button>
      )}
      {totp !== null && login === null && (isGood || problem === null) && (
        <CodeLine name={name} totp={totp} copied={copied?.what === 'token' ? null : copied} small />
      )}
    </div>
  )
}

/** Shows until when the token is good, as shortly as it can be told. */
function Until({ account, id }: { account: AccountView; id: string }) {
  const clock = useClock()
  const hour12 = useContext(Hour12Context)
  const words = useNow((now) => tokenWords(account, now, clock.zone(), hour12))
  const { word, tone } = statusOf(account, clock.now())
  const isEnding = account.freshness === 'expiring'
  const short = words.replace(/^until (you .*)?/, '').replace(/ (today|tonight|tomorrow)$/, '')
  return (
    <span
      className={css['until']}
      id={id}
      title={words}
      data-tone={tone}
      aria-label={`${word} ${words}`}
      role="img"
    >
      {isEnding ? word.replace('Ends in ', '') : short}
    </span>
  )
}
