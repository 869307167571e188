import type { BrokerView } from '../../electron/contract/requests.ts'
import { FieldError } from './Field.tsx'

interface TermsProps {
  terms: BrokerView['terms']
  accepted: boolean
  error: string | undefined
}

export function Terms({ terms, accepted, error }: TermsProps) {
  return (
    <fieldset className="terms">
      <legend>Before TokenTray logs in for you</legend>
      <p>{terms.sentence}</p>
      <p className="help">Source: {terms.source}</p>
      <p>A password and a TOTP secret kept on one computer make one factor of the two.</p>
      <label className="check">
        <input
          type="checkbox"
          id="terms"
          name="terms"
          defaultChecked={accepted}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : 'terms-error'}
        />
        I have read this and want it to log in for me
      </label>
      <FieldError name="terms" subject="These terms" error={error} />
    </fieldset>
  )
}
