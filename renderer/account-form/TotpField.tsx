import type { FieldView } from '../../electron/contract/account-form.ts'
import { CodePreview } from './CodePreview.tsx'
import { useForm } from './FormContext.ts'
import { SaidWords } from './SaidWords.tsx'
import { SecretChoice } from './SecretChoice.tsx'
import { SecretField } from './SecretField.tsx'

/** The TOTP secret: typed, pasted, or read out of a QR code; its code is shown at once. */
export function TotpField({ field }: { field: FieldView }) {
  const { view, said, actions } = useForm()
  return (
    <div className="totp">
      <SecretField
        field={field}
        help={field.help === '' ? null : field.help}
        onPaste={(event) => {
          const [picture] = event.clipboardData.files
          const text = event.clipboardData.getData('text')
          // An address has more in it than a secret, such as whose it is: the main process makes sense of it.
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
      {said?.at === 'totp' && <SaidWords said={said} />}
      {view !== null && view.choices.length > 0 && <SecretChoice view={view} />}
      {view?.totp != null && <CodePreview totp={view.totp} />}
    </div>
  )
}
