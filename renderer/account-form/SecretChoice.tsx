import type { DraftView } from '../../electron/contract/account-form.ts'
import { Code } from './CodePreview.tsx'
import { useForm } from './FormContext.ts'

/** Lets the user choose between several found TOTP secrets by name and code. */
export function SecretChoice({ view }: { view: DraftView }) {
  const { actions } = useForm()
  return (
    <fieldset className="choices">
      <legend>Which of these is it?</legend>
      {view.choices.map(({ name, code }, index) => (
        <label key={index} className="choice">
          <input
            type="radio"
            // A name that the draft does not read.
            name="secret-choice"
            checked={view.chosen === index}
            onChange={() => actions.choose(index)}
          />
          <bdi className="choice-name">{name}</bdi>
          <Code code={code} />
        </label>
      ))}
    </fieldset>
  )
}
