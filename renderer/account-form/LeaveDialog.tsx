import { useLayoutEffect, useRef } from 'react'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import buttons from './buttons.module.css'
import css from './LeaveDialog.module.css'

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
      className={css['leave']}
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
      <div className={classes(buttons['buttons'], css['buttons'])}>
        <Button look="primary" autoFocus onClick={onStay}>
          Keep editing
        </Button>
        <Button look="danger" onClick={onLeave}>
          {words}
        </Button>
      </div>
    </dialog>
  )
}
