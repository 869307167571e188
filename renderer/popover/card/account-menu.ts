import type { CopyForm } from '../../../electron/contract/popover.ts'
import type { AccountView, Morning } from '../../../electron/contract/state.ts'
import { hasToken } from '../../../electron/contract/status.ts'
import { morningChoices } from '../header/mornings.ts'
import type { MenuItem, SubMenu } from '../Menu.tsx'
import type { Actions } from '../store/actions.ts'

const forms: readonly (readonly [words: string, CopyForm])[] = [
  ['Authorization header', 'header'],
  ['.env lines', 'dotenv'],
  ['JSON', 'json'],
  ['curl call', 'curl'],
  ['Python', 'python'],
  ['Node', 'node'],
]

interface AccountMenuDeps {
  actions: Actions
  isPinned: boolean
  /** Moves the account one place up or down; null at the ends. */
  up: (() => void) | null
  down: (() => void) | null
}

/** Returns what the menu of an account offers. Removing asks first. */
export function accountMenu(
  account: AccountView,
  { actions, isPinned, up, down }: AccountMenuDeps,
): MenuItem[] {
  const { name, canLogIn, login, morning, pages } = account
  const when = (is: boolean, ...items: MenuItem[]): MenuItem[] => (is ? items : [])
  return [
    ...when(canLogIn && login === null, { words: 'Log in again', run: () => actions.login(name) }),
    ...when(hasToken(account), {
      words: 'Copy as',
      open: {
        title: 'Copy as',
        items: [
          { words: 'Token', run: () => actions.copyToken(name, 'soon') },
          ...forms.map(([words, form]) => ({ words, run: () => actions.copyToken(name, 'soon', form) })),
        ],
      },
    }),
    ...when(pages !== null, {
      words: `Open ${pages?.login ?? ''}`,
      run: () => actions.openPage(name, 'login'),
    }),
    ...when(morning !== null, { words: 'Morning login', open: mornings(name, morning ?? 'on', actions) }),
    { words: 'Edit…', run: () => actions.openAccountForm(name) },
    ...when(canLogIn, { words: 'History', run: () => actions.showHistory(name) }),
    ...when(canLogIn, { words: 'Copy support report', run: () => actions.copyDiagnostics(name) }),
    ...when((up ?? down) !== null, {
      words: isPinned ? 'Unpin' : 'Pin to the top',
      run: () => actions.pinAccount(isPinned ? null : name),
    }),
    ...when(up !== null, { words: 'Move up', run: () => up?.() }),
    ...when(down !== null, { words: 'Move down', run: () => down?.() }),
    ...when(hasToken(account), { words: 'Log out', run: () => actions.logout(name) }),
    {
      words: 'Remove…',
      open: {
        title: `Remove ${name} and its secrets from this computer?`,
        items: [{ words: 'Keep' }, { words: 'Remove', danger: true, run: () => actions.removeAccount(name) }],
      },
    },
  ]
}

const mornings = (name: string, morning: Morning, actions: Actions): SubMenu => ({
  title: 'Morning login',
  items: morningChoices[morning].map(([words, chosen]) => ({
    words,
    run: () => actions.setMorning(name, chosen),
  })),
})
