import { TEST_BUTTON } from './useFirstFocus.ts'

interface FormFooterProps {
  isSaving: boolean
  isNew: boolean
  isChanged: boolean
  onTest: () => void
  onClose: () => void
}

/** Shows the form's buttons. The test comes first, because it tells the most; Enter saves. */
export function FormFooter({ isSaving, isNew, isChanged, onTest, onClose }: FormFooterProps) {
  const hasNothingToSave = !isNew && !isChanged
  return (
    <footer className="form-footer">
      <p className="help">Secrets go to this computer’s keychain. A test logs in once.</p>
      <div className="buttons end">
        <button type="button" className="button" onClick={onClose}>
          {hasNothingToSave ? 'Close' : 'Cancel'}
        </button>
        <button type="button" id={TEST_BUTTON} className="button" aria-disabled={isSaving} onClick={onTest}>
          {hasNothingToSave ? 'Test login' : 'Save and test login'}
        </button>
        <button type="submit" form="account" className="button primary" aria-disabled={isSaving}>
          {isSaving ? 'Saving…' : 'Save'}
        </button>
      </div>
    </footer>
  )
}
