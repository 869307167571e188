import { Banner } from '../shared/Banner.tsx'
import { Button } from '../shared/Button.tsx'
import { subjectOf } from './errors.ts'
import { useForm } from './FormContext.ts'
import { goTo } from './inputs.ts'
import css from './Mistakes.module.css'

/** Lists all that is wrong since a save was refused. Each leads to its input. */
export function Mistakes() {
  const { broker, errors, listsErrors } = useForm()
  const wrong = Object.entries(errors)
  if (!listsErrors || wrong.length === 0) return null
  return (
    <Banner tone="bad" role="alert" shape="bang">
      <div className={css['mistakes']}>
        <strong>
          {wrong.length === 1 ? '1 thing to correct' : `${String(wrong.length)} things to correct`}
        </strong>
        <ul>
          {wrong.map(([input, words]) => (
            <li key={input}>
              <Button
                look="link"
                onClick={() => {
                  goTo(input)
                }}
              >
                {subjectOf(input, broker) ?? words}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Banner>
  )
}
