import { useForm } from './FormContext.ts'
import { TEST_BUTTON } from './useFirstFocus.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import buttons from './buttons.module.css'
import frame from './frame.module.css'
import css from './FormFooter.module.css'

/** Shows the form's buttons. The test comes first, because it tells the most; Enter saves. */
export function FormFooter() {
  const { busy, editing, isChanged, actions } = useForm()
  const isSaving = busy === 'save'
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
        <Button id={TEST_BUTTON} aria-disabled={isSaving} onClick={() => void actions.test()}>
          {hasNothingToSave ? 'Test login' : 'Save and test login'}
        </Button>
        <Button type="submit" form="account" look="primary" aria-disabled={isSaving}>
          {isSaving ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </footer>
  )
}
