import { useEffect } from 'react'
import type { AccountView } from '../../electron/contract/state.ts'
import type { Actions } from './actions.ts'
import { commandFor } from './keys.ts'
import type { Command } from './keys.ts'
import { remedyFor } from './remedy.ts'
import { hasToken, hindrance } from './status.ts'

const cards = () => [...document.querySelectorAll<HTMLElement>('[data-account]')]

function obey(command: Command, accounts: readonly AccountView[], actions: Actions): void {
  if (command.do === 'hide') {
    void actions.hide()
    return
  }
  if (command.do === 'focus') {
    const card = cards().find((element) => element.dataset['account'] === command.name)
    card?.focus()
    card?.scrollIntoView({ block: 'nearest' })
    return
  }
  const account = accounts.find(({ name }) => name === command.name)
  if (account === undefined) return
  if (command.do === 'copyToken' && hasToken(account)) void actions.copyToken(account.name)
  if (command.do === 'copyCode' && account.totp !== null) void actions.copyCode(account.name)
  if (command.do === 'login' && account.login === null) {
    const problem = hindrance(account)
    if (problem !== null && remedyFor(problem) === 'change') void actions.openForm(account.name)
    else void actions.login(account.name)
  }
}

/** Arrows between accounts, Enter copies the token, C the code, L logs in, Esc hides. */
export function useKeys(accounts: readonly AccountView[], actions: Actions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const target = event.target instanceof Element ? event.target : null
      const command = commandFor(
        { key: event.key, modified: event.ctrlKey || event.altKey || event.metaKey, repeat: event.repeat },
        {
          names: accounts.map(({ name }) => name),
          focused: target?.closest<HTMLElement>('[data-account]')?.dataset['account'] ?? null,
          onControl: target?.closest('button, input, summary, select, a') != null,
          typing: target instanceof HTMLInputElement,
        },
      )
      if (command === null) return
      event.preventDefault()
      obey(command, accounts, actions)
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
    }
  }, [accounts, actions])
}
