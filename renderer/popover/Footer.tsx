import { useContext } from 'react'
import type { AccountView } from '../../electron/contract/state.ts'
import { istClock } from '../../electron/contract/words.ts'
import { useNow } from '../shared/useNow.ts'
import { useActions } from './store/ActionsContext.ts'
import { Hour12Context } from './Hour12Context.ts'
import { Hints } from './Hints.tsx'
import { isSearchable } from './header/Search.tsx'
import { wantsLogin } from './card/remedy.ts'
import { isCompact } from './store/order.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import bar from './bar.module.css'
import css from './Footer.module.css'

function IstClock() {
  const hour12 = useContext(Hour12Context)
  const time = useNow((now) => istClock(now, hour12))
  return (
    <p className={css['clock']}>
      <abbr title="Indian Standard Time">IST</abbr> <span role="timer">{time}</span>
    </p>
  )
}

interface FooterProps {
  accounts: readonly AccountView[]
  /** The account that keys act on. */
  selected: AccountView | null
}

export function Footer({ accounts, selected }: FooterProps) {
  const actions = useActions()
  return (
    <footer className={classes(bar['bar'], css['footer'])}>
      {accounts.some(wantsLogin) && (
        <Button look="primary" onClick={() => void actions.loginAll()}>
          Log in all
        </Button>
      )}
      {selected !== null && (
        // Many accounts have a field that says it.
        <Hints account={selected} isSearchHidden={isSearchable(accounts) && !isCompact(accounts)} />
      )}
      <IstClock />
    </footer>
  )
}
