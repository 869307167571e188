import { useLayoutEffect, useRef } from 'react'

interface LeaveDialogProps {
  /** What the user was about to do, for the button. */
  words: string
  onStay: () => void
  onLeave: () => void
}

/** Asks once before what was typed is lost. */
export function LeaveDialog({ words, onStay, onLeave }: LeaveDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // A dialog that is closed gives the keyboard back to where it was; one that is only taken away does not.
    return () => element?.close()
  }, [])
  return (
    <dialog
      className="leave"
      ref={dialog}
      aria-labelledby="leave-question"
      onCancel={(event) => {
        event.preventDefault()
        onStay()
      }}
    >
      <p id="leave-question">
        <strong>What you typed is not saved.</strong>
      </p>
      <div className="buttons">
        <button type="button" className="button primary" autoFocus onClick={onStay}>
          Keep editing
        </button>
        <button type="button" className="button danger" onClick={onLeave}>
          {words}
        </button>
      </div>
    </dialog>
  )
}
