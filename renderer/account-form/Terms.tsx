import { dayWords } from '../shared/set-on.ts'
import { Consent } from './Consent.tsx'
import { useForm } from './FormContext.ts'
import { TermsLabel } from './TermsLabel.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import css from './Terms.module.css'

/** Shows the broker's terms about logins by programs, with the checkbox that accepts them. */
export function Terms() {
  const { broker, editing, openedAt } = useForm()
  const { terms } = broker
  const acceptedAt = editing?.termsAcceptedAt ?? null
  return (
    <fieldset className={classes(box['box'], css['terms'])}>
      <legend className={box['legend']}>Before TokenTray logs in for you</legend>
      <TermsLabel broker={broker} />
      <p>{terms.sentence}</p>
      <p className={text['help']}>Source: {terms.source}</p>
      {broker.fields.some(({ totp }) => totp) && (
        <p>With password and TOTP secret on one computer, whoever gets into it has both.</p>
      )}
      {acceptedAt === null ? (
        <Consent name="terms">I accept the risk. Log in for me.</Consent>
      ) : (
        <p className={css['agreed']}>You agreed to this on {dayWords(acceptedAt, openedAt)}.</p>
      )}
    </fieldset>
  )
}
