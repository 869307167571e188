import type { ImportMessage } from './reducer.ts'
import { useForm } from './FormContext.ts'
import { Button } from '../shared/Button.tsx'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import css from './ImportMessageBox.module.css'

/** Shows the message of an import. Each line is isolated, because foreign names in it may run from right to left. */
export function ImportMessageBox({ message }: { message: ImportMessage }) {
  const { actions } = useForm()
  if (message.words.length === 0) return null
  return (
    <div
      className={classes(box['box'], css['message'])}
      data-tone={message.tone}
      role={message.tone === 'bad' ? 'alert' : 'status'}
    >
      {message.words.map((words) => (
        <p key={words}>
          <bdi>{words}</bdi>
        </p>
      ))}
      {message.onClipboard === true && (
        <Button look="small" onClick={actions.clearClipboard}>
          Clear the clipboard
        </Button>
      )}
    </div>
  )
}
