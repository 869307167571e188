import { BrokerBadge } from './BrokerBadge.tsx'
import { Field } from './Field.tsx'
import { useForm } from './FormContext.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import css from './Heading.module.css'

/** Shows the account's name and broker, which the user can still change for a new account. */
export function Heading() {
  const { broker, editing, errors, actions } = useForm()
  return (
    <>
      <header className={css['heading']}>
        <BrokerBadge broker={broker} />
        <div>
          <h1>{editing === null ? 'Add an account' : `Change ${editing.name}`}</h1>
          <p className={text['muted']}>{broker.name}</p>
        </div>
        {editing === null && (
          <Button
            look="link"
            onClick={() => {
              actions.leave('broker')
            }}
          >
            Another broker
          </Button>
        )}
      </header>
      {editing === null && (
        <Field
          name="name"
          label="Account name"
          subject="The account name"
          help="A short name, such as zerodha-main."
          error={errors['name']}
          defaultValue={broker.suggestedName}
          onFocus={(event) => {
            event.target.select()
          }}
        />
      )}
    </>
  )
}
