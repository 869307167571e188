import { useState } from 'react'
import type { Morning } from '../../../electron/contract/state.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useActions } from '../store/ActionsContext.ts'
import { morningChoices } from '../header/mornings.ts'

export interface CardMenuProps {
  name: string
  /** Puts the account one place up or down; null where it can't go. */
  up: (() => void) | null
  down: (() => void) | null
  canLogIn: boolean
  /** Null where no schedule could log it in. */
  morning: Morning | null
  close: () => void
}

/** What is rarely needed, unfolded inside the card. Removing asks once more. */
export function CardMenu({ name, up, down, canLogIn, morning, close }: CardMenuProps) {
  const actions = useActions()
  const [asking, setAsking] = useState(false)
  const thenClose = (action: () => Promise<void>) => () => {
    close()
    void action()
  }
  return (
    <div
      className="card-menu"
      role="group"
      aria-label={`More for ${name}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      {asking ? (
        <>
          <p>
            Remove <bdi>{name}</bdi> and its secrets from this computer?
          </p>
          <button type="button" className="button danger" onClick={() => void actions.removeAccount(name)}>
            Remove
          </button>
          <button type="button" className="button" autoFocus onClick={close}>
            Keep
          </button>
        </>
      ) : (
        <>
          <button
            type="button"
            className="button"
            autoFocus
            onClick={thenClose(() => actions.openAccountForm(name))}
          >
            Change details…
          </button>
          {canLogIn && (
            <button type="button" className="button" onClick={thenClose(() => actions.copyDiagnostics(name))}>
              Copy login log
            </button>
          )}
          {morning !== null &&
            morningChoices[morning].map(([words, chosen]) => (
              <button
                key={chosen}
                type="button"
                className="button"
                onClick={thenClose(() => actions.setMorning(name, chosen))}
              >
                {words}
              </button>
            ))}
          {(up ?? down) !== null && (
            <span className="pair">
              <MoveButton words="Move up" shape="up" move={up} />
              <MoveButton words="Move down" shape="down" move={down} />
            </span>
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              setAsking(true)
            }}
          >
            Remove…
          </button>
        </>
      )}
    </div>
  )
}

interface MoveButtonProps {
  words: string
  shape: 'up' | 'down'
  move: (() => void) | null
}

/** At the end of the list it stays, greyed: the focus on it would be lost otherwise. */
function MoveButton({ words, shape, move }: MoveButtonProps) {
  return (
    <button
      type="button"
      className="button square"
      aria-label={words}
      title={words}
      aria-disabled={move === null}
      onClick={() => move?.()}
    >
      <Icon shape={shape} />
    </button>
  )
}
