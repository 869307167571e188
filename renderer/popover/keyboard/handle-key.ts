import type { AccountView } from '../../../electron/contract/state.ts'
import { curedByNewDetails, hasToken, hindrance } from '../../../electron/contract/status.ts'
import type { Actions } from '../store/actions.ts'
import { accountAt, focusCard } from '../card/cards.ts'
import { commandFor, type Command } from './keys.ts'
import { moveBy } from '../store/order.ts'
import { isSearchable } from '../header/Search.tsx'

export interface KeysDeps {
  readonly accounts: readonly AccountView[]
  /** The accounts that search and filter leave, in the order of the page. */
  readonly shown: readonly AccountView[]
  /** The marked account. */
  readonly selected: string | null
  /** Whether a search or a filter is on. */
  readonly searching: boolean
  readonly clearSearch: () => void
  readonly actions: Actions
}

/** Runs the command of a key press, if it has one. */
export function handleKey(event: KeyboardEvent, deps: KeysDeps): void {
  const target = event.target instanceof Element ? event.target : null
  const { key, altKey: alt, shiftKey: shift, repeat } = event
  const input = target instanceof HTMLInputElement ? target : null
  const command = commandFor(
    { key, alt, shift, ctrl: event.ctrlKey || event.metaKey, repeat },
    {
      names: deps.shown.map(nameOf),
      focused: accountAt(target),
      selected: deps.selected,
      onControl: target?.closest('button, input, summary, select, a') != null,
      typing: input === null ? null : input.type === 'search' ? 'search' : 'input',
      marked: input === null ? getSelection()?.isCollapsed === false : hasMarkedText(input),
      searchable: isSearchable(deps.accounts),
      searching: deps.searching,
    },
  )
  if (command === null) return
  // A letter goes on into the search.
  if (command.do !== 'type') event.preventDefault()
  execute(command, deps)
}

const hasMarkedText = ({ selectionStart, selectionEnd }: HTMLInputElement): boolean =>
  selectionStart !== selectionEnd

function execute(command: Command, deps: KeysDeps): void {
  switch (command.do) {
    case 'hide':
      void deps.actions.hide()
      return
    case 'type':
    case 'search': {
      const input = document.querySelector<HTMLInputElement>('[type=search]')
      input?.focus()
      input?.select()
      return
    }
    case 'clearSearch':
      deps.clearSearch()
      return
    case 'focus':
      focusCard(command.name)
      return
    case 'move':
      moveAccount(command.name, command.step, deps)
      return
    case 'copyToken':
      copyToken(command.name, command.stays, deps)
      return
    case 'copyCode':
    case 'login':
      act(command.do, command.name, deps)
  }
}

function moveAccount(name: string, step: -1 | 1, { accounts, shown, actions }: KeysDeps): void {
  const move = moveBy(accounts.map(nameOf), shown.map(nameOf), name, step)
  if (move !== null) void actions.moveAccount(move)
}

function copyToken(name: string, stays: boolean, { accounts, actions }: KeysDeps): void {
  const account = accounts.find((candidate) => candidate.name === name)
  if (account === undefined) return
  if (hasToken(account)) void actions.copyToken(name, stays ? 'stay' : 'hide')
  else if (!account.canLogIn && account.totp !== null) void actions.copyCode(name)
}

function act(verb: 'copyCode' | 'login', name: string, { accounts, actions }: KeysDeps): void {
  const account = accounts.find((candidate) => candidate.name === name)
  if (account === undefined) return
  if (verb === 'copyCode' && account.totp !== null) void actions.copyCode(name)
  if (verb === 'login' && account.login === null && account.canLogIn) {
    const problem = hindrance(account)
    if (problem !== null && curedByNewDetails.has(problem.kind)) void actions.openAccountForm(name)
    else void actions.login(name)
  }
}

const nameOf = ({ name }: AccountView): string => name
