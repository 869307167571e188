import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import type { AppState, LockView } from '../../electron/contract/state.ts'
import { Badge } from './card/Badge.tsx'
import { StatusWord } from './card/StatusWord.tsx'
import { useActions } from './store/ActionsContext.ts'
import { useFit } from './useFit.ts'
import { useWhenHidden } from './useWhenHidden.ts'

/** Shows a locked app: how the accounts are, without a code or anything to copy, and the way to unlock it. */
export function Locked({ app, lock }: { app: AppState; lock: LockView }) {
  const actions = useActions()
  const content = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  useFit(content, actions.fit, false)
  useWhenHidden(() => {
    if (input.current !== null) input.current.value = ''
    setProblem('')
  })
  useEffect(() => {
    input.current?.focus()
  }, [lock.wish])

  const unlock = async (request: () => Promise<string | null>): Promise<void> => {
    setBusy(true)
    setProblem('')
    const message = await request()
    setBusy(false)
    setProblem(message ?? '')
    // The input was disabled meanwhile and lost the focus.
    if (message !== null) requestAnimationFrame(() => input.current?.select())
  }
  const onSubmit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const passphrase = input.current?.value ?? ''
    if (passphrase !== '') void unlock(() => actions.unlock(passphrase))
  }

  return (
    <div
      className="popover"
      onKeyDown={({ key }) => {
        if (key === 'Escape') void actions.hide()
      }}
    >
      <header className="header">
        <h1>TokenTray is locked</h1>
      </header>
      <main className="scroll">
        <div className="content" ref={content}>
          <form className="locked" onSubmit={onSubmit}>
            <label htmlFor="passphrase">
              {lock.wish === null ? 'Passphrase' : `Passphrase, to ${lock.wish}`}
            </label>
            <div className="unlock">
              <input
                ref={input}
                type="password"
                id="passphrase"
                autoComplete="off"
                spellCheck={false}
                disabled={isBusy}
                aria-describedby="unlock-problem"
                aria-invalid={problem !== ''}
              />
              <button type="submit" className="button primary" disabled={isBusy}>
                {isBusy ? 'Checking…' : 'Unlock'}
              </button>
            </div>
            <p id="unlock-problem" className="unlock-problem" role="status">
              {problem}
            </p>
            {lock.touchId && (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => void unlock(actions.unlockByTouch)}
              >
                Use Touch ID
              </button>
            )}
            <details>
              <summary>Forgotten?</summary>
              <p className="muted">
                “tokentray lock off” in a terminal removes the lock. Nothing else is lost by it.
              </p>
            </details>
          </form>
          <ul className="locked-accounts" aria-label="Accounts">
            {app.accounts.map((account) => (
              <li key={account.name}>
                <Badge account={account} onGrab={null} />
                <bdi>{account.name}</bdi>
                <StatusWord account={account} id={`status-${account.name}`} />
              </li>
            ))}
          </ul>
        </div>
      </main>
    </div>
  )
}
