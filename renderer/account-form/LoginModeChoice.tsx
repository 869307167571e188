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

/** Lets the user choose between app and user for signing in. Brokers without a page for it offer no choice. */
export function LoginModeChoice({ onChoose }: { onChoose: (mode: LoginMode) => void }) {
  const { broker, mode: chosen } = useForm()
  if (!broker.assisted) return null
  return (
    <fieldset className="login-mode">
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
