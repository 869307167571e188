import type { AccountView } from '../../electron/contract/state.ts'
import { hasToken } from '../../electron/contract/status.ts'
import { offersLogin } from './card/remedy.ts'
import css from './Footer.module.css'

const ctrl = 'navigator' in globalThis && navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl+'

interface HintsProps {
  account: AccountView
  /** Whether letters search although no field shows it. */
  isSearchHidden: boolean
}

/** Tells the keys that act on the marked account. */
export function Hints({ account, isSearchHidden }: HintsProps) {
  const hints = [
    hasToken(account) && '↵ Copy token',
    account.totp !== null && (account.canLogIn ? `${ctrl}C Code` : '↵ Copy code'),
    offersLogin(account) && `${ctrl}L Log in`,
    isSearchHidden && 'Type to search',
  ].filter((hint) => hint !== false)
  return <p className={css['hints']}>{hints.join(' · ')}</p>
}
