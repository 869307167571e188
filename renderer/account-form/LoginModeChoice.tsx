import type { LoginMode } from '../../electron/contract/fields.ts'
import { houseName } from '../../electron/contract/words.ts'
import { useForm } from './FormContext.ts'
import { usualMode } from './reducer.ts'
import text from '../shared/text.module.css'
import box from './box.module.css'
import check from './check.module.css'
import css from './LoginModeChoice.module.css'

const choicesAt = (
  broker: string,
): readonly { readonly mode: LoginMode; readonly label: string; readonly help: string }[] => [
  {
    mode: 'unattended',
    label: 'TokenTray',
    help: 'Every morning, with the password you save here.',
  },
  {
    mode: 'assisted',
    label: `I do, on ${broker}’s page`,
    help: `Opens ${broker}’s page once a day. No password saved.`,
  },
]

/** Lets the user choose between app and user for signing in. Brokers without a page for it offer no choice. */
export function LoginModeChoice() {
  const { broker, mode: chosen, actions } = useForm()
  if (broker.modes.length < 2) return null
  const first = usualMode(broker)
  return (
    <fieldset className={css['modes']}>
      <legend className={box['legend']}>Who signs in</legend>
      {choicesAt(houseName(broker.name))
        .toSorted((a, b) => Number(b.mode === first) - Number(a.mode === first))
        .map(({ mode, label, help }) => (
          <div key={mode}>
            <label className={check['check']}>
              <input
                className={check['tick']}
                type="radio"
                name="mode"
                value={mode}
                aria-describedby={`mode-${mode}`}
                checked={mode === chosen}
                onChange={() => {
                  actions.chooseMode(mode)
                }}
              />
              {label}
            </label>
            <p className={text['help']} id={`mode-${mode}`}>
              {help}
            </p>
          </div>
        ))}
    </fieldset>
  )
}
