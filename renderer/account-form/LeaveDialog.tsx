import { useLayoutEffect, useRef } from 'react'

interface LeaveDialogProps {
  /** The label of the button that discards the values. */
  words: string
  onStay: () => void
  onLeave: () => void
}

/** Asks before typed values are lost. */
export function LeaveDialog({ words, onStay, onLeave }: LeaveDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Closed before its removal, because only closing a dialog restores the focus.
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
