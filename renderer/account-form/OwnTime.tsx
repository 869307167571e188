import { timeOfDayWords } from '../shared/time-of-day.ts'
import { ownTimeInput } from './draft.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { useForm } from './FormContext.ts'
import text from '../shared/text.module.css'

/** Lets the user choose the account's time of the morning run: the usual one or its own. */
export function OwnTime() {
  const { broker, editing, errors, morningRun } = useForm()
  if (morningRun === null) return null
  const { on, usualTime, hour12 } = morningRun
  const words = (time: string): string => timeOfDayWords(time, hour12)
  const own = editing?.ownTime ?? null
  const summary = own === null ? `${words(usualTime)} IST, the usual time` : `${words(own)} IST`
  const error = errors[ownTimeInput]
  return (
    <Fold
      summary={`Morning run: ${on ? summary : 'turned off'}`}
      forceOpen={own !== null || error !== undefined}
    >
      {!on && <p className={text['help']}>Turn it on in the settings.</p>}
      <Field
        name={ownTimeInput}
        subject="The time"
        label="Login time"
        help={
          <>
            IST. Leave empty for {words(usualTime)}.
            {broker.earliestTime !== null &&
              ` Not before ${words(broker.earliestTime)}, when yesterday’s tokens end.`}
          </>
        }
        error={error}
        defaultValue={own === null ? undefined : words(own)}
        placeholder={words(usualTime)}
      />
    </Fold>
  )
}
