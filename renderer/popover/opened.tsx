import { act, render, screen, within } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import type { PopoverBridge } from '../../electron/contract/popover.ts'
import type { AppState } from '../../electron/contract/state.ts'
import { popoverBridge } from '../../gallery/bridges.ts'
import { App } from './App.tsx'
import { account, appState, code, INDIA, NOW, problem } from './fixtures.ts'
import { createActions } from './store/actions.ts'
import { createStore } from './store/store.ts'

export interface Opened {
  readonly user: UserEvent
  /** Shows the page another state, as the main process does. */
  readonly receive: (app: AppState) => void
}

/** Opens the popover with a state and a bridge that says yes to whatever `part` leaves out. */
export function open(app: AppState, part: Partial<PopoverBridge> = {}): Opened {
  const clock = {
    now: () => NOW,
    exact: () => NOW,
    zone: () => INDIA,
    subscribe: () => () => undefined,
    align: () => undefined,
  }
  const store = createStore(clock)
  store.receive(app)
  render(<App store={store} actions={createActions(popoverBridge(app, part), store)} clock={clock} />)
  return {
    user: userEvent.setup(),
    receive: (next) => {
      act(() => {
        store.receive(next)
      })
    },
  }
}

export const worked = () => vi.fn(() => Promise.resolve({ ok: true as const }))
export const done = () => vi.fn(() => Promise.resolve(undefined))
export const failed = (part: Parameters<typeof problem>[0]) =>
  vi.fn(() => Promise.resolve({ ok: false as const, problem: problem(part) }))

export const card = (name: RegExp): HTMLElement => screen.getByRole('listitem', { name })
export const cardNames = (): string[] =>
  screen.getAllByRole('listitem').map((one) => within(one).getByRole('heading').textContent)
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })

export const two = appState([account({ totp: code }), account({ name: 'upstox', totp: code })])
