import type { BrokerView, FormView } from '../../electron/contract/requests.ts'
import { fieldInput } from './draft.ts'
import type { Errors } from './errors.ts'
import { Field } from './Field.tsx'
import { setOnWords } from './set-on.ts'

interface BrokerFieldsProps {
  broker: BrokerView
  editing: FormView['editing']
  errors: Errors
  now: number
}

export function BrokerFields({ broker, editing, errors, now }: BrokerFieldsProps) {
  return broker.fields.map((field) => {
    const name = fieldInput(field.name)
    const setAt = field.secret ? editing?.secretsSetAt[field.name] : undefined
    const note = setAt === undefined ? (field.optional ? 'optional' : null) : setOnWords(setAt, now)
    return (
      <Field
        key={field.name}
        name={name}
        subject={field.label}
        label={
          <>
            {field.label} {note !== null && <span className="note">{note}</span>}
          </>
        }
        help={field.help === '' ? null : field.help}
        error={errors[name]}
        type={field.secret ? 'password' : 'text'}
        defaultValue={field.secret ? undefined : editing?.values[field.name]}
        placeholder={setAt === undefined ? undefined : 'Leave empty to keep it'}
      />
    )
  })
}
