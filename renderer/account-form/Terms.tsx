import { dayWords } from '../shared/set-on.ts'
import { FieldError } from './Field.tsx'
import { useForm } from './FormContext.ts'
import { TermsLabel } from './TermsLabel.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import check from './check.module.css'
import css from './Terms.module.css'

/** Shows the broker's terms about logins by programs, with the checkbox that accepts them. */
export function Terms() {
  const { broker, editing, errors, openedAt } = useForm()
  const { terms } = broker
  const acceptedAt = editing?.termsAcceptedAt ?? null
  const error = errors['terms']
  return (
    <fieldset className={classes(box['box'], css['terms'])}>
      <legend className={box['legend']}>Before TokenTray logs in for you</legend>
      <TermsLabel label={terms.label} />
      <p>{terms.sentence}</p>
      <p className={text['help']}>Source: {terms.source}</p>
      <p>A password and a TOTP secret kept on one computer make one factor of the two.</p>
      {acceptedAt === null ? (
        <label className={check['check']}>
          <input
            className={check['tick']}
            type="checkbox"
            id="terms"
            name="terms"
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : 'terms-error'}
          />
          I have read this and want it to log in for me
        </label>
      ) : (
        <p className={css['agreed']}>You agreed to this on {dayWords(acceptedAt, openedAt)}.</p>
      )}
      <FieldError name="terms" subject="These terms" error={error} />
    </fieldset>
  )
}
