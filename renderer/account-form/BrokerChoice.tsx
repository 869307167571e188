import { useRef, type KeyboardEvent } from 'react'
import type { BrokerView } from '../../electron/contract/account-form.ts'
import { BrokerBadge } from './BrokerBadge.tsx'
import { TermsLabel } from './TermsLabel.tsx'

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
    <main className="form" onKeyDown={onKeyDown}>
      <div className="form-body">
        <h1>Which broker?</h1>
        <ul className="brokers" ref={list}>
          {brokers.map((broker, index) => (
            <li key={broker.id}>
              <button
                type="button"
                className="broker"
                autoFocus={index === 0}
                onClick={() => {
                  onChoose(broker.id)
                }}
              >
                <BrokerBadge broker={broker} />
                <span className="broker-words">
                  <strong>{broker.name}</strong>
                  <span className="help">{broker.logsInWith}</span>
                  <TermsLabel label={broker.terms.label} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <footer className="form-footer">
        <p className="help">TokenTray talks to your broker and to nobody else.</p>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </footer>
    </main>
  )
}
