import type { FieldView } from '../../electron/contract/account-form.ts'
import { CodePreview } from './CodePreview.tsx'
import { useForm } from './FormContext.ts'
import { ImportMessageBox } from './ImportMessageBox.tsx'
import { SecretChoice } from './SecretChoice.tsx'
import { SecretField } from './SecretField.tsx'

/** Shows the TOTP secret's input and its current code. The secret is typed, pasted or read from a QR code. */
export function TotpField({ field }: { field: FieldView }) {
  const { view, importMessage, actions } = useForm()
  return (
    <div className="totp">
      <SecretField
        field={field}
        help={field.help === '' ? null : field.help}
        onPaste={(event) => {
          const [picture] = event.clipboardData.files
          const text = event.clipboardData.getData('text')
          // The main process parses an otpauth address, because it also contains the account and other parameters.
          const pasted = picture ?? (/^\s*otpauth/i.test(text) ? new Blob([text]) : null)
          if (pasted === null) return
          event.preventDefault()
          actions.importFile(pasted, 'What you pasted')
        }}
      />
      <div className="buttons" role="group" aria-label={`${field.label} from a QR code`}>
        <span className="help">From a QR code:</span>
        <button type="button" className="button" onClick={() => actions.importFrom('picture')}>
          Choose a picture…
        </button>
        <button type="button" className="button" onClick={() => actions.importFrom('clipboard')}>
          From the clipboard
        </button>
        <button type="button" className="button" onClick={() => actions.importFrom('screen')}>
          From the screen…
        </button>
      </div>
      {importMessage?.at === 'totp' && <ImportMessageBox message={importMessage} />}
      {view !== null && view.choices.length > 0 && <SecretChoice view={view} />}
      {view?.totp != null && <CodePreview totp={view.totp} />}
    </div>
  )
}
