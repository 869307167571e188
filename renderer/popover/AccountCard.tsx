import { useId, useRef, useState } from 'react'
import type { AccountView, ClipboardView } from '../../electron/contract/state.ts'
import { Icon } from '../shared/Icon.tsx'
import { Badge } from './Badge.tsx'
import { CardMenu } from './CardMenu.tsx'
import { CodeLine } from './CodeLine.tsx'
import { CodePrompt } from './CodePrompt.tsx'
import { LoginLine } from './LoginLine.tsx'
import { ProblemBox } from './ProblemBox.tsx'
import { hasToken, hindrance } from './status.ts'
import { StatusWord } from './StatusWord.tsx'
import type { Failure } from './store.ts'
import { TokenLine } from './TokenLine.tsx'
import { useKeepFocus } from './useKeepFocus.ts'

interface AccountCardProps {
  account: AccountView
  clipboard: ClipboardView | null
  failure: Failure | null
}

export function AccountCard({ account, clipboard, failure }: AccountCardProps) {
  const id = useId()
  const card = useRef<HTMLLIElement>(null)
  const focus = useKeepFocus(card)
  const [menuOpen, setMenuOpen] = useState(false)
  const { question } = account
  const problem = hindrance(account)
  const copied = clipboard?.account === account.name ? clipboard : null

  return (
    <li
      {...focus}
      ref={card}
      className="card"
      data-account={account.name}
      tabIndex={-1}
      aria-labelledby={`${id}-name ${id}-status`}
      aria-keyshortcuts="Enter C L"
    >
      <Badge account={account} />
      <div className="card-body">
        <div className="row">
          <h2 id={`${id}-name`} className="name" title={`${account.name} · ${account.brokerName}`}>
            {account.name}
          </h2>
          {account.practice && <span className="tag">practice</span>}
          <StatusWord account={account} id={`${id}-status`} />
          <button
            type="button"
            className="icon-button"
            aria-label={`More for ${account.name}`}
            aria-expanded={menuOpen}
            onClick={() => {
              setMenuOpen(!menuOpen)
            }}
          >
            <Icon shape="more" />
          </button>
        </div>
        {menuOpen && (
          <CardMenu
            name={account.name}
            close={() => {
              setMenuOpen(false)
            }}
          />
        )}
        {question !== null && (
          <CodePrompt
            key={question.askedAt}
            name={account.name}
            question={question}
            refusal={question.again ? problem : null}
          />
        )}
        {account.login !== null && question === null && (
          <LoginLine name={account.name} login={account.login} />
        )}
        {(account.login === null || hasToken(account)) && (
          <TokenLine account={account} copiedUntil={copied?.what === 'token' ? copied.clearsAt : null} />
        )}
        {account.login === null && problem !== null && <ProblemBox name={account.name} problem={problem} />}
        {failure !== null && failure.message !== account.problem?.message && (
          <p className="failure">
            {failure.message} {failure.next}
          </p>
        )}
        {account.totp !== null && (
          <CodeLine
            name={account.name}
            totp={account.totp}
            copiedUntil={copied?.what === 'code' ? copied.clearsAt : null}
          />
        )}
      </div>
    </li>
  )
}
