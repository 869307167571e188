import { useRef } from 'react'
import type { AccountView, ClipboardView } from '../../../electron/contract/state.ts'
import { AccountCard } from './AccountCard.tsx'
import { moveBy } from '../store/order.ts'
import type { View } from '../store/store.ts'
import { useKeepPlace } from '../keyboard/useKeepPlace.ts'
import css from './AccountList.module.css'

/** The number of cards in view when the window opens, including a partly visible one. */
const IN_SIGHT = 9

interface AccountListProps {
  accounts: readonly AccountView[]
  /** The accounts that the search has found. */
  shown: readonly AccountView[]
  clipboard: ClipboardView | null
  failures: View['failures']
}

export function AccountList({ accounts, shown, clipboard, failures }: AccountListProps) {
  const list = useRef<HTMLUListElement>(null)
  const names = accounts.map(({ name }) => name)
  const shownNames = shown.map(({ name }) => name)
  useKeepPlace(list, names.join('\n'))
  return (
    <ul className={css['cards']} ref={list} aria-label="Accounts">
      {shown.map((account, index) => (
        <AccountCard
          key={account.name}
          account={account}
          copied={clipboard?.account === account.name ? clipboard : null}
          failure={failures[account.name] ?? null}
          first={index < IN_SIGHT}
          upTo={moveBy(names, shownNames, account.name, -1)?.before ?? null}
          downTo={moveBy(names, shownNames, account.name, 1)?.before}
        />
      ))}
    </ul>
  )
}
