import { BrokerBadge } from './BrokerBadge.tsx'
import { Field } from './Field.tsx'
import { useForm } from './FormContext.ts'

/** Shows the account's name and broker, which the user can still change for a new account. */
export function Heading({ onBroker }: { onBroker: () => void }) {
  const { broker, editing, errors } = useForm()
  return (
    <>
      <header className="heading">
        <BrokerBadge broker={broker} />
        <div>
          <h1>{editing === null ? 'Add an account' : `Change ${editing.name}`}</h1>
          <p className="muted">{broker.name}</p>
        </div>
        {editing === null && (
          <button type="button" className="link" onClick={onBroker}>
            Another broker
          </button>
        )}
      </header>
      {editing === null && (
        <Field
          name="name"
          label="Account name"
          subject="The account name"
          help="Yours to choose: lower-case letters, digits, dots, dashes."
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
