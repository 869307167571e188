import { act, render, screen } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import type { AccountFormBridge, FormView, TestProgress } from '../../electron/contract/account-form.ts'
import { formBridge } from '../../gallery/bridges.ts'
import { broker, editing, morningRun, NOON } from '../../renderer/account-form/fixtures.ts'
import { Page } from '../../renderer/account-form/Page.tsx'
import { ClockContext } from '../../renderer/shared/useNow.ts'

const clock = {
  now: () => NOON,
  exact: () => NOON,
  zone: () => -330,
  subscribe: () => () => undefined,
  align: () => undefined,
}

const another = { ...broker, id: 'another', name: 'Another Broker', suggestedName: 'another' }
/** A new account, at one of two brokers. */
export const newAccount: FormView = { brokers: [broker, another], editing: null, morningRun }
/** An account that is changed. */
export const changing = (part: Parameters<typeof editing>[0] = {}): FormView => ({
  brokers: [broker],
  editing: editing(part),
  morningRun,
})

interface Opened {
  readonly user: UserEvent
  /** Reports a step of the test login, as the main process does. */
  readonly progress: (step: TestProgress) => void
}

/** Opens the form with a bridge that says yes to whatever `part` leaves out. */
export async function open(view: FormView, part: Partial<AccountFormBridge> = {}): Promise<Opened> {
  const listeners = new Set<(step: TestProgress) => void>()
  const bridge = formBridge(view, {
    on: (_event, listener) => {
      const tell = (step: TestProgress): void => void Reflect.apply(listener, null, [step])
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    ...part,
  })
  render(
    <ClockContext value={clock}>
      <Page bridge={bridge} view={view} />
    </ClockContext>,
  )
  // The first check of the inputs is under way.
  await act(() => Promise.resolve())
  return {
    user: userEvent.setup(),
    progress: (step) => {
      act(() => {
        for (const listener of listeners) listener(step)
      })
    },
  }
}

/** Returns an input by its label. */
export const input = (name: RegExp): HTMLElement => screen.getByLabelText(name, { selector: 'input' })
export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
/** Returns a request's function that takes everything. */
export const done = () => vi.fn(() => Promise.resolve(undefined))

/** Opens the form of a new account at the first broker. */
export async function openNew(part: Partial<AccountFormBridge> = {}): Promise<Opened> {
  const opened = await open(newAccount, part)
  await opened.user.click(button(/Made-up Broker/))
  return opened
}
