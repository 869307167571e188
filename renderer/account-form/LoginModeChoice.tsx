import type { LoginMode } from '../../electron/contract/fields.ts'
import { useForm } from './FormContext.ts'

const choices: readonly { readonly mode: LoginMode; readonly label: string; readonly help: string }[] = [
  {
    mode: 'unattended',
    label: 'TokenTray',
    help: 'By itself each morning, with the password and codes that you store here.',
  },
  {
    mode: 'assisted',
    label: 'I do, on the broker’s page',
    help: 'A window shows that page once a day. Your password is never stored.',
  },
]

/** Whether the app signs in, or the user on the broker's own page. Brokers without such a page leave no choice. */
export function WhoSignsIn({ onChoose }: { onChoose: (mode: LoginMode) => void }) {
  const { broker, mode: chosen } = useForm()
  if (!broker.assisted) return null
  return (
    <fieldset className="who-signs-in">
      <legend>Who signs in</legend>
      {choices.map(({ mode, label, help }) => (
        <div key={mode}>
          <label className="check">
            <input
              type="radio"
              name="mode"
              value={mode}
              aria-describedby={`mode-${mode}`}
              defaultChecked={mode === chosen}
              onChange={() => onChoose(mode)}
            />
            {label}
          </label>
          <p className="help" id={`mode-${mode}`}>
            {help}
          </p>
        </div>
      ))}
    </fieldset>
  )
}
