import { useRef, useState } from 'react'
import { useActions } from './store/ActionsContext.ts'
import { useTakeFocus } from './keyboard/useTakeFocus.ts'
import css from './FirstRun.module.css'

interface FirstRunProps {
  /** Whether it replaces the list of accounts, and an element there that had the focus. */
  afterAccounts: boolean
}

/** Offers two ways to begin while there is no account. */
export function FirstRun({ afterAccounts }: FirstRunProps) {
  const actions = useActions()
  const [starting, setStarting] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  useTakeFocus(first)

  const startPractice = async (): Promise<void> => {
    setStarting(true)
    await actions.addPractice()
    setStarting(false)
  }

  return (
    <section className={css['first-run']} aria-label="How to begin">
      <h2>Logged in before the market opens</h2>
      <p>TokenTray gets your broker’s access tokens each morning and hands them to you or your scripts.</p>
      <button
        ref={afterAccounts ? first : null}
        type="button"
        className={css['first-choice']}
        onClick={() => void actions.openAccountForm(null)}
      >
        <strong>Add your broker</strong>
        <span>You need your login details and the TOTP secret. They stay in this computer’s keychain.</span>
      </button>
      <button
        type="button"
        className={css['choice']}
        aria-disabled={starting}
        onClick={() => void (starting || startPractice())}
      >
        <strong>{starting ? 'Starting the practice broker…' : 'Try it with a practice account'}</strong>
        <span>A made-up broker on this computer, no real account.</span>
      </button>
    </section>
  )
}
