import { useState } from 'react'
import { useActions } from './ActionsContext.ts'

/** What is rarely needed, unfolded inside the card. Removing asks once more. */
export function CardMenu({ name, close }: { name: string; close: () => void }) {
  const actions = useActions()
  const [asking, setAsking] = useState(false)
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
          <p>Remove {name} and its secrets from this computer?</p>
          <button type="button" className="button danger" onClick={() => void actions.remove(name)}>
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
            onClick={() => {
              close()
              void actions.openForm(name)
            }}
          >
            Change details…
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              close()
              void actions.copyDiagnostics(name)
            }}
          >
            Copy login log
          </button>
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
