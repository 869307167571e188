import { useEffect, useRef } from 'react'

interface LeaveDialogProps {
  /** What the user was about to do, for the button. */
  words: string
  onStay: () => void
  onLeave: () => void
}

/** Asks once before what was typed is lost. */
export function LeaveDialog({ words, onStay, onLeave }: LeaveDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
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
