import { useEffect, useRef, useState, type SyntheticEvent } from 'react'
import type { AppState, LockView } from '../../electron/contract/state.ts'
import { Badge } from './card/Badge.tsx'
import { StatusWord } from './card/StatusWord.tsx'
import { useActions } from './store/ActionsContext.ts'
import { useFit } from './useFit.ts'
import { useWhenHidden } from './useWhenHidden.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import text from '../shared/text.module.css'
import bar from './bar.module.css'
import frame from './Popover.module.css'
import css from './Locked.module.css'

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
      className={frame['popover']}
      onKeyDown={({ key }) => {
        if (key === 'Escape') void actions.hide()
      }}
    >
      <header className={classes(bar['bar'], css['title'])}>
        <h1>TokenTray is locked</h1>
      </header>
      <main className={frame['scroll']}>
        <div className={frame['content']} ref={content}>
          <form className={css['locked']} onSubmit={onSubmit}>
            <label htmlFor="passphrase">
              {lock.wish === null ? 'Passphrase' : `Passphrase, to ${lock.wish}`}
            </label>
            <div className={css['unlock']}>
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
              <Button look="primary" type="submit" disabled={isBusy}>
                {isBusy ? 'Checking…' : 'Unlock'}
              </Button>
            </div>
            <p id="unlock-problem" className={css['problem']} role="status">
              {problem}
            </p>
            {lock.touchId && (
              <Button disabled={isBusy} onClick={() => void unlock(actions.unlockByTouch)}>
                Use Touch ID
              </Button>
            )}
            <details>
              <summary>Forgotten?</summary>
              <p className={text['muted']}>
                “tokentray lock off” in a terminal removes the lock. Nothing else is lost by it.
              </p>
            </details>
          </form>
          <ul className={css['accounts']} aria-label="Accounts">
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
