import { useRef } from 'react'
import type { AccountView, ClipboardView } from '../../../electron/contract/state.ts'
import { AccountCard } from './AccountCard.tsx'
import { isCompact, moveBy } from '../store/order.ts'
import type { View } from '../store/store.ts'
import { useKeepPlace } from '../keyboard/useKeepPlace.ts'
import css from './AccountList.module.css'

/** The number of cards in view when the window opens, including a partly visible one. */
const IN_SIGHT = 13

interface AccountListProps {
  accounts: readonly AccountView[]
  /** The accounts that search and filter leave, in the order of the page. */
  shown: readonly AccountView[]
  /** The marked account, on which keys act. */
  selected: string | null
  onMark: (name: string) => void
  clipboard: ClipboardView | null
  failures: View['failures']
  pinned: string | null
}

export function AccountList({
  accounts,
  shown,
  selected,
  onMark,
  clipboard,
  failures,
  pinned,
}: AccountListProps) {
  const list = useRef<HTMLUListElement>(null)
  const names = accounts.map(({ name }) => name)
  const shownNames = shown.map(({ name }) => name)
  useKeepPlace(list, shownNames.join('\n'))
  const isLong = isCompact(accounts)
  return (
    <ul className={css['cards']} ref={list} aria-label="Accounts">
      {shown.map((account, index) => (
        <AccountCard
          key={account.name}
          account={account}
          copied={clipboard?.account === account.name ? clipboard : null}
          failure={failures[account.name] ?? null}
          first={index < IN_SIGHT}
          marked={accounts.length > 1 && account.name === selected}
          folded={isLong && account.name !== selected && account.question === null}
          pinned={account.name === pinned}
          onMark={onMark}
          upTo={moveBy(names, shownNames, account.name, -1)?.before ?? null}
          downTo={moveBy(names, shownNames, account.name, 1)?.before}
        />
      ))}
    </ul>
  )
}
