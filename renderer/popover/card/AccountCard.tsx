import { memo, useId, useMemo, useRef, useState } from 'react'
import type { AccountView, ClipboardView } from '../../../electron/contract/state.ts'
import { hasToken, hindrance } from '../../../electron/contract/status.ts'
import { houseName } from '../../../electron/contract/words.ts'
import { useKeepFocus } from '../../shared/useKeepFocus.ts'
import { ClockContext, useClock } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { drag, type Pressed } from '../drag.ts'
import { Badge } from './Badge.tsx'
import { CodeLine } from './CodeLine.tsx'
import { LoginLine } from './LoginLine.tsx'
import { skippedWords } from '../header/mornings.ts'
import { accountMenu } from './account-menu.ts'
import { Menu } from '../Menu.tsx'
import { CodePrompt } from './CodePrompt.tsx'
import { FailureNote, ProblemBox } from './ProblemBox.tsx'
import { StatusWord } from './StatusWord.tsx'
import { RowLine } from './RowLine.tsx'
import { pausedClock } from '../store/paused-clock.ts'
import type { Failure } from '../store/store.ts'
import { TokenLine } from './TokenLine.tsx'
import { useOnScreen } from '../useOnScreen.ts'
import { classes } from '../../shared/classes.ts'
import { IconButton } from '../IconButton.tsx'
import row from '../row.module.css'
import css from './AccountCard.module.css'

/** How far right of the cursor a menu's right edge is, CSS pixels. */
const MENU_WIDTH = 184

interface AccountCardProps {
  account: AccountView
  /** The clipboard's content if it belongs to this account; null otherwise. */
  copied: ClipboardView | null
  failure: Failure | null
  /** Whether keys act on this account. */
  marked: boolean
  /** Whether it is one line of a long list. */
  folded: boolean
  /** Whether it stands first by the user's choice. */
  pinned: boolean
  /** Marks the account. */
  onMark: (name: string) => void
  /** Whether the card counts as in view until the browser has reported it. */
  first: boolean
  /** The account to move before for one place up, and for one place down; null at the ends. */
  upTo: string | null
  downTo: string | null | undefined
}

/** Renders only when its account has changed; the parts with countdowns render once a second. */
export const AccountCard = memo(function AccountCard(props: AccountCardProps) {
  const { account, copied, failure, marked, folded, pinned, onMark, first, upTo, downTo } = props
  const { name, question, login, totp, canLogIn } = account
  const actions = useActions()
  const id = useId()
  const card = useRef<HTMLLIElement>(null)
  const more = useRef<HTMLButtonElement>(null)
  const focus = useKeepFocus(card)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null)
  const clock = useClock()
  const onScreen = useOnScreen(card, first)
  const cardClock = useMemo(() => (onScreen ? clock : pausedClock(clock)), [onScreen, clock])
  const problem = hindrance(account)
  const skipped = account.morning === null ? null : skippedWords[account.morning]
  const tokenCopied = copied?.what === 'token' ? copied.clearsAt : null
  const move = (before: string | null) => () => void actions.moveAccount({ name, before })
  const grab = (pressed: Pressed): void => {
    if (card.current !== null) drag(card.current, pressed, (to) => void actions.moveAccount(to))
  }
  const canMove = upTo !== null || downTo !== undefined

  return (
    <ClockContext value={cardClock}>
      <li
        onBlur={focus.onBlur}
        onFocus={({ target, currentTarget }) => {
          focus.onFocus()
          // Not for a button in it, which unfolding would remove under the finger.
          if (target === currentTarget) onMark(name)
        }}
        ref={card}
        className={classes(css['card'], folded ? css['folded'] : undefined)}
        data-account={name}
        data-marked={marked}
        tabIndex={-1}
        aria-labelledby={`${id}-name ${id}-status`}
        aria-current={marked}
        onContextMenu={(event) => {
          event.preventDefault()
          setMenuAt({ x: event.clientX + MENU_WIDTH, y: event.clientY })
        }}
        aria-keyshortcuts="Enter Control+C Control+L Alt+ArrowUp Alt+ArrowDown"
      >
        <Badge account={account} onGrab={canMove ? grab : null} />
        {folded ? (
          <RowLine account={account} copied={copied} id={id} />
        ) : (
          <div className={css['body']}>
            <div className={classes(row['row'], css['head'])}>
              <h2 id={`${id}-name`} className={css['name']} title={`${name} · ${account.brokerName}`}>
                <bdi>{name}</bdi>
              </h2>
              {account.practice && !/practice/i.test(name) && <span className={css['tag']}>practice</span>}
              <StatusWord account={account} id={`${id}-status`} />
              <IconButton
                ref={more}
                shape="more"
                aria-label={`More for ${name}`}
                aria-haspopup="menu"
                aria-expanded={menuAt !== null}
                onClick={({ currentTarget }) => {
                  const { right, bottom } = currentTarget.getBoundingClientRect()
                  setMenuAt({ x: right, y: bottom })
                }}
              />
            </div>
            {question !== null && (
              <CodePrompt
                key={question.askedAt}
                name={name}
                question={question}
                house={houseName(account.brokerName)}
                refusal={question.again ? problem : null}
              />
            )}
            {login !== null && question === null && <LoginLine name={name} login={login} />}
            {canLogIn && (login === null || hasToken(account)) && (
              <TokenLine account={account} copiedUntil={tokenCopied} />
            )}
            {skipped !== null && <p className={css['skipped']}>{skipped}</p>}
            {canLogIn && login === null && problem !== null && (
              <ProblemBox account={account} problem={problem} />
            )}
            {failure !== null && failure.message !== account.problem?.message && (
              <FailureNote name={name} failure={failure} />
            )}
            {totp !== null && (
              <CodeLine name={name} totp={totp} copied={copied?.what === 'token' ? null : copied} />
            )}
          </div>
        )}
        {menuAt !== null && (
          <Menu
            label={`More for ${name}`}
            items={accountMenu(account, {
              actions,
              isPinned: pinned,
              up: upTo === null ? null : move(upTo),
              down: downTo === undefined ? null : move(downTo),
            })}
            at={menuAt}
            close={() => {
              setMenuAt(null)
              ;(more.current ?? card.current)?.focus()
            }}
          />
        )}
      </li>
    </ClockContext>
  )
})
