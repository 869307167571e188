import { useEffect, useState } from 'react'
import type { Morning } from '../../../electron/contract/state.ts'
import { Icon } from '../../shared/Icon.tsx'
import { useActions } from '../store/ActionsContext.ts'
import { morningChoices } from '../header/mornings.ts'
import { Button } from '../../shared/Button.tsx'
import { classes } from '../../shared/classes.ts'
import menu from '../menu.module.css'
import css from './CardMenu.module.css'

interface CardMenuProps {
  name: string
  /** Moves the account one place up or down; null at the ends. */
  up: (() => void) | null
  down: (() => void) | null
  canLogIn: boolean
  /** Null for an account that no schedule can log in. */
  morning: Morning | null
  close: () => void
}

/** Shows the rarely used actions inside the card. Removing asks for confirmation. */
export function CardMenu({ name, up, down, canLogIn, morning, close }: CardMenuProps) {
  const actions = useActions()
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (!asking) return
    actions.hold(true)
    return () => {
      actions.hold(false)
    }
  }, [asking, actions])
  const thenClose = (action: () => Promise<void>) => () => {
    close()
    void action()
  }
  return (
    <div
      className={classes(menu['menu'], css['menu'])}
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
          <Button look="danger" onClick={() => void actions.removeAccount(name)}>
            Remove
          </Button>
          <Button autoFocus onClick={close}>
            Keep
          </Button>
        </>
      ) : (
        <>
          <Button autoFocus onClick={thenClose(() => actions.openAccountForm(name))}>
            Change details…
          </Button>
          {canLogIn && (
            <Button onClick={thenClose(() => actions.copyDiagnostics(name))}>Copy support report</Button>
          )}
          {morning !== null &&
            morningChoices[morning].map(([words, chosen]) => (
              <Button
                key={chosen}

                onClick={thenClose(() => actions.setMorning(name, chosen))}
              >
                {words}
              </Button>
            ))}
          {(up ?? down) !== null && (
            <span className={css['pair']}>
              <MoveButton words="Move up" shape="up" move={up} />
              <MoveButton words="Move down" shape="down" move={down} />
            </span>
          )}
          <Button
            onClick={() => {
              setAsking(true)
            }}
          >
            Remove…
          </Button>
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

/** Stays in place but greyed at the end of the list, so that it keeps the focus. */
function MoveButton({ words, shape, move }: MoveButtonProps) {
  return (
    <Button
      look="small"
      aria-label={words}
      title={words}
      aria-disabled={move === null}
      onClick={() => move?.()}
    >
      <Icon shape={shape} />
    </Button>
  )
}
