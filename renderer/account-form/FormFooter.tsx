import { useState } from 'react'
import { useForm } from './FormContext.ts'
import { DONE_BUTTON, TEST_BUTTON } from './useFirstFocus.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import buttons from './buttons.module.css'
import frame from './frame.module.css'
import css from './FormFooter.module.css'

/** Shows the form's buttons. The test comes first, because it tells the most. */
export function FormFooter() {
  const { busy, editing, isChanged, result, actions } = useForm()
  if (result?.ok === true && !isChanged) return <TestedFooter hasToken={result.hasToken} />
  const hasNothingToSave = editing !== null && !isChanged
  return (
    <footer className={frame['bar']}>
      <p className={classes(text['help'], css['words'])}>Saved only in this computer’s keychain.</p>
      <div className={classes(buttons['buttons'], css['buttons'])}>
        <Button
          onClick={() => {
            actions.leave('close')
          }}
        >
          {hasNothingToSave ? 'Close' : 'Cancel'}
        </Button>
        {!hasNothingToSave && (
          <Button look="link" aria-disabled={busy !== null} onClick={() => void actions.save()}>
            Save without testing
          </Button>
        )}
        <Button
          type="submit"
          form="account"
          id={TEST_BUTTON}
          look={hasNothingToSave ? 'plain' : 'primary'}
          aria-disabled={busy !== null}
        >
          {busy === 'save' ? 'Saving…' : hasNothingToSave ? 'Test login' : 'Test and save'}
        </Button>
      </div>
    </footer>
  )
}

/** Shows what to do after a test that went well. */
function TestedFooter({ hasToken }: { hasToken: boolean }) {
  const { actions } = useForm()
  const [isCopied, setIsCopied] = useState(false)
  return (
    <footer className={frame['bar']}>
      <p className={text['unseen']} role="status">
        {isCopied && 'Token copied'}
      </p>
      <div className={classes(buttons['buttons'], css['buttons'])}>
        {hasToken && (
          <Button
            look={isCopied ? 'done' : 'plain'}
            onClick={() => void actions.copyToken().then(setIsCopied)}
          >
            {isCopied ? 'Token copied' : 'Copy token'}
          </Button>
        )}
        <Button
          look="primary"
          id={DONE_BUTTON}
          onClick={() => {
            actions.leave('close')
          }}
        >
          Done
        </Button>
      </div>
    </footer>
  )
}
