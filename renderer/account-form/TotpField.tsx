import type { FieldView } from '../../electron/contract/account-form.ts'
import { CodePreview } from './CodePreview.tsx'
import { useForm } from './FormContext.ts'
import { ImportMessageBox } from './ImportMessageBox.tsx'
import { Linked } from './Linked.tsx'
import { SecretChoice } from './SecretChoice.tsx'
import { SecretField } from './SecretField.tsx'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import buttons from './buttons.module.css'
import css from './TotpField.module.css'

/** Shows the TOTP secret's input and its current code. The secret is typed, pasted or read from a QR code. */
export function TotpField({ field }: { field: FieldView }) {
  const { view, importMessage, actions } = useForm()
  return (
    <div className={css['totp']}>
      <SecretField
        field={field}
        help={field.help === '' ? null : <Linked text={field.help} />}
        below={view?.totp != null && <CodePreview totp={view.totp} />}
        onPaste={(event) => {
          const [picture] = event.clipboardData.files
          const text = event.clipboardData.getData('text')
          // The main process parses an otpauth address, because it also contains the account and other parameters.
          const pasted = picture ?? (/^\s*otpauth/i.test(text) ? new Blob([text]) : null)
          if (pasted === null) return
          event.preventDefault()
          actions.importFile(pasted, 'What you pasted', 'totp')
        }}
      />
      <div
        className={classes(buttons['buttons'], css['sources'])}
        role="group"
        aria-label={`${field.label} from a QR code`}
      >
        <span className={classes(text['help'], css['sources-title'])}>From a QR code:</span>
        <Button look="small" onClick={() => actions.importFrom('picture')}>
          Choose a picture…
        </Button>
        <Button look="small" onClick={() => actions.importFrom('clipboard')}>
          From the clipboard
        </Button>
        <Button look="small" onClick={({ currentTarget }) => actions.importFrom('screen', currentTarget)}>
          From the screen…
        </Button>
      </div>
      {importMessage?.at === 'totp' && <ImportMessageBox message={importMessage} />}
      {view !== null && view.choices.length > 0 && <SecretChoice view={view} />}
    </div>
  )
}
