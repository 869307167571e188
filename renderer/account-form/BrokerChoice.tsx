import { useRef, type KeyboardEvent } from 'react'
import type { BrokerView } from '../../electron/contract/account-form.ts'
import { BrokerBadge } from './BrokerBadge.tsx'
import { TermsLabel } from './TermsLabel.tsx'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import frame from './frame.module.css'
import css from './BrokerChoice.module.css'

interface BrokerChoiceProps {
  brokers: readonly BrokerView[]
  onChoose: (brokerId: string) => void
  onCancel: () => void
}

/** Asks for the broker of a new account. */
export function BrokerChoice({ brokers, onChoose, onCancel }: BrokerChoiceProps) {
  const list = useRef<HTMLUListElement>(null)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    buttons.at((at + step) % buttons.length)?.focus()
  }
  return (
    <main className={frame['frame']} onKeyDown={onKeyDown}>
      <div className={frame['body']}>
        <h1>Which broker?</h1>
        <ul className={css['brokers']} ref={list}>
          {brokers.map((broker, index) => (
            <li key={broker.id}>
              <button
                type="button"
                className={css['broker']}
                autoFocus={index === 0}
                onClick={() => {
                  onChoose(broker.id)
                }}
              >
                <BrokerBadge broker={broker} />
                <span className={css['words']}>
                  <strong>{broker.name}</strong>
                  <span className={text['help']}>{broker.logsInWith}</span>
                  <TermsLabel label={broker.terms.label} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <footer className={frame['bar']}>
        <p className={classes(text['help'], css['promise'])}>
          TokenTray talks to your broker and to nobody else.
        </p>
        <Button onClick={onCancel}>Cancel</Button>
      </footer>
    </main>
  )
}
