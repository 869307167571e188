import type { DraftView } from '../../electron/contract/account-form.ts'
import { Code } from '../shared/Code.tsx'
import { useForm } from './FormContext.ts'
import { classes } from '../shared/classes.ts'
import box from './box.module.css'
import check from './check.module.css'
import css from './SecretChoice.module.css'

/** Lets the user choose between several found TOTP secrets by name and code. */
export function SecretChoice({ view }: { view: DraftView }) {
  const { actions } = useForm()
  return (
    <fieldset className={classes(box['box'], css['choices'])}>
      <legend className={box['legend']}>Which of these is it?</legend>
      {view.choices.map(({ name, code }, index) => (
        <label key={index} className={css['choice']}>
          <input
            className={check['tick']}
            type="radio"
            // A name that the draft does not read.
            name="secret-choice"
            checked={view.chosen === index}
            onChange={() => actions.choose(index)}
          />
          <bdi className={css['name']}>{name}</bdi>
          <Code code={code} small />
        </label>
      ))}
    </fieldset>
  )
}
