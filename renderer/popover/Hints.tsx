import type { AccountView } from '../../electron/contract/state.ts'
import { hasToken } from '../../electron/contract/status.ts'
import { offersLogin } from './card/remedy.ts'
import css from './Footer.module.css'

const ctrl = 'navigator' in globalThis && navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl+'

/** Tells the keys that act on the marked account. */
export function Hints({ account, searchable }: { account: AccountView; searchable: boolean }) {
  const hints = [
    hasToken(account) && '↵ Copy token',
    account.totp !== null && (account.canLogIn ? `${ctrl}C Code` : '↵ Copy code'),
    offersLogin(account) && `${ctrl}L Log in`,
    searchable && 'Type to search',
  ].filter((hint) => hint !== false)
  return <p className={css['hints']}>{hints.join(' · ')}</p>
}
