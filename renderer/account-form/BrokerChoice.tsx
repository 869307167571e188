import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { BrokerView } from '../../electron/contract/account-form.ts'
import { houseName } from '../../electron/contract/words.ts'
import { BrokerBadge } from './BrokerBadge.tsx'
import { Fold } from './Fold.tsx'
import { TermsLabel } from './TermsLabel.tsx'
import { Button } from '../shared/Button.tsx'
import { Icon } from '../shared/Icon.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import frame from './frame.module.css'
import css from './BrokerChoice.module.css'

interface BrokerChoiceProps {
  brokers: readonly BrokerView[]
  onChoose: (brokerId: string) => void
  onSeveral: () => void
  onCancel: () => void
}

/** Asks for the broker of a new account. Arrows go through the list, and whatever is typed goes into the search. */
export function BrokerChoice({ brokers, onChoose, onSeveral, onCancel }: BrokerChoiceProps) {
  const [query, setQuery] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const found = brokers.filter(({ name }) => searchable(name).includes(searchable(query)))
  // Whoever searches wants to see all that is found.
  const current = query === '' ? found.filter(({ older }) => !older) : found
  useEffect(() => {
    list.current?.querySelector('button')?.focus()
  }, [])

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event
    if (key === 'Escape') {
      event.preventDefault()
      if (query === '') onCancel()
      else setQuery('')
      return
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    if (step !== undefined) {
      event.preventDefault()
      const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button, summary') ?? [])].filter(
        (element) => element.matches('summary, [open] *, :not(details *)'),
      )
      const at = buttons.findIndex((button) => button === document.activeElement)
      // From the search, up leads to the last broker.
      const next = at === -1 && step === -1 ? -1 : at + step
      buttons.at(next % buttons.length)?.focus()
      return
    }
    const isTyped = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    // The browser then types the key into the search.
    if (isTyped) search.current?.focus()
  }

  return (
    <main className={frame['frame']} onKeyDown={onKeyDown}>
      <div className={classes(frame['body'], css['body'])}>
        <form
          className={css['top']}
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            if (found[0] !== undefined) onChoose(found[0].id)
          }}
        >
          <h1>Add an account</h1>
          <label className={css['search']}>
            <Icon shape="lens" />
            <input
              ref={search}
              type="search"
              value={query}
              maxLength={100}
              spellCheck={false}
              autoComplete="off"
              placeholder={`Search ${brokers.length} brokers`}
              aria-label="Search brokers"
              onChange={(event) => {
                setQuery(event.target.value)
              }}
            />
            <span role="status">{query === '' ? '' : `${found.length} of ${brokers.length}`}</span>
          </label>
        </form>
        {found.length === 0 ? (
          <p className={css['none']}>
            No broker here is called “{query}”.{' '}
            <Button
              look="link"
              onClick={() => {
                setQuery('')
                search.current?.focus()
              }}
            >
              Show all
            </Button>
          </p>
        ) : (
          <div ref={list}>
            <ul className={css['brokers']}>
              {current.map((broker) => (
                <BrokerRow key={broker.id} broker={broker} onChoose={onChoose} />
              ))}
            </ul>
            {current.length < found.length && (
              <Fold summary="Older" forceOpen={false}>
                <ul className={css['brokers']}>
                  {found
                    .filter(({ older }) => older)
                    .map((broker) => (
                      <BrokerRow key={broker.id} broker={broker} onChoose={onChoose} />
                    ))}
                </ul>
              </Fold>
            )}
          </div>
        )}
      </div>
      <footer className={frame['bar']}>
        <p className={classes(text['help'], css['promise'])}>
          TokenTray talks to your broker and to nobody else.
        </p>
        <Button onClick={onSeveral}>Several at once…</Button>
        <Button onClick={onCancel}>Cancel</Button>
      </footer>
    </main>
  )
}

/** Shows a broker: its name and position on logins by programs, then what it can do and what it needs. */
function BrokerRow({ broker, onChoose }: { broker: BrokerView } & Pick<BrokerChoiceProps, 'onChoose'>) {
  const line = `${modeWords(broker)} · ${broker.needs}`
  return (
    <li>
      <button
        type="button"
        className={css['broker']}
        onClick={() => {
          onChoose(broker.id)
        }}
      >
        <BrokerBadge broker={broker} small />
        <strong className={css['cut']}>{broker.name}</strong>
        <TermsLabel broker={broker} short />
        <span className={classes(text['help'], css['line'], css['cut'])} title={line}>
          {line}
        </span>
      </button>
    </li>
  )
}

/** Returns a name as it is compared: "Angel One" and "angelone" are the same. */
const searchable = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const modeWords = ({ modes, name, terms }: BrokerView): string => {
  if (modes.length === 1) return modes.includes('assisted') ? 'You sign in' : 'TokenTray logs in'
  const house = houseName(name)
  return terms.label === 'staff say not allowed'
    ? `You sign in (${house}’s way) or TokenTray does (${house} says no)`
    : 'TokenTray logs in, or you do'
}
