import type { AccountView } from '../../../electron/contract/state.ts'
import { curedByNewDetails, hasToken, hindrance } from '../../../electron/contract/status.ts'
import type { Actions } from '../store/actions.ts'
import { accountAt, focusCard } from '../card/cards.ts'
import { commandFor, type Command } from './keys.ts'
import { moveBy } from '../store/order.ts'
import { isSearchable } from '../header/Search.tsx'

export interface KeysDeps {
  readonly accounts: readonly AccountView[]
  /** The accounts that the search has found. */
  readonly shown: readonly AccountView[]
  readonly query: string
  readonly setQuery: (query: string) => void
  readonly actions: Actions
}

/** Runs the command of a key press, if it has one. */
export function handleKey(event: KeyboardEvent, deps: KeysDeps): void {
  const target = event.target instanceof Element ? event.target : null
  const { key, altKey: alt, repeat } = event
  const command = commandFor(
    { key, alt, ctrl: event.ctrlKey || event.metaKey, repeat },
    {
      names: deps.shown.map(nameOf),
      focused: accountAt(target),
      onControl: target?.closest('button, input, summary, select, a') != null,
      typing: target instanceof HTMLInputElement,
      searchable: isSearchable(deps.accounts),
      searching: deps.query !== '',
    },
  )
  if (command === null) return
  event.preventDefault()
  execute(command, deps)
}

function execute(command: Command, deps: KeysDeps): void {
  switch (command.do) {
    case 'hide':
      void deps.actions.hide()
      return
    case 'search': {
      const input = document.querySelector<HTMLInputElement>('[type=search]')
      input?.focus()
      input?.select()
      return
    }
    case 'clearSearch':
      deps.setQuery('')
      return
    case 'focus':
      focusCard(command.name)
      return
    case 'move':
      moveAccount(command.name, command.step, deps)
      return
    case 'copyToken':
    case 'copyCode':
    case 'login':
      act(command.do, command.name, deps)
  }
}

function moveAccount(name: string, step: -1 | 1, { accounts, shown, actions }: KeysDeps): void {
  const move = moveBy(accounts.map(nameOf), shown.map(nameOf), name, step)
  if (move !== null) void actions.moveAccount(move)
}

function act(verb: 'copyToken' | 'copyCode' | 'login', name: string, { accounts, actions }: KeysDeps): void {
  const account = accounts.find((candidate) => candidate.name === name)
  if (account === undefined) return
  if (verb === 'copyToken' && hasToken(account)) void actions.copyToken(name)
  const copiesCode = verb === 'copyCode' || (verb === 'copyToken' && !account.canLogIn)
  if (copiesCode && account.totp !== null) void actions.copyCode(name)
  if (verb === 'login' && account.login === null && account.canLogIn) {
    const problem = hindrance(account)
    if (problem !== null && curedByNewDetails.has(problem.kind)) void actions.openAccountForm(name)
    else void actions.login(name)
  }
}

const nameOf = ({ name }: AccountView): string => name
