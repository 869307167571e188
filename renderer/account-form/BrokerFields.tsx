import type { FieldView } from '../../electron/contract/account-form.ts'
import { fieldInput } from './draft.ts'
import { Fold } from './Fold.tsx'
import { useForm } from './FormContext.ts'
import { Linked } from './Linked.tsx'
import { SecretField } from './SecretField.tsx'
import { Field, FieldNote } from './Field.tsx'
import { TotpField } from './TotpField.tsx'

/** More optional fields than this are folded. */
const FEW = 1

/** Shows the inputs of the broker's fields, optional ones last. */
export function BrokerFields() {
  const { broker, errors, mode } = useForm()
  const fields = mode === 'unattended' ? broker.fields : broker.fields.flatMap(forCodesOnly)
  const isAside = ({ optional, secret }: FieldView): boolean => optional && !secret
  const aside = fields.filter(isAside)
  const main = fields.filter((field) => !isAside(field))
  const hasError = aside.some(({ name }) => errors[fieldInput(name)] !== undefined)
  return (
    <>
      {main.map((field) => (
        <BrokerField key={field.name} field={field} />
      ))}
      {aside.length > FEW ? (
        <Fold summary={`Optional: ${aside.map(({ label }) => label).join(', ')}`} forceOpen={hasError}>
          {aside.map((field) => (
            <BrokerField key={field.name} field={field} />
          ))}
        </Fold>
      ) : (
        aside.map((field) => <BrokerField key={field.name} field={field} />)
      )}
    </>
  )
}

/** Drops fields that the user enters on the broker's page; keeps the TOTP secret, optional, to show its codes there. */
function forCodesOnly(field: FieldView): FieldView[] {
  if (!field.typedThere) return [field]
  return field.totp ? [{ ...field, optional: true }] : []
}

function BrokerField({ field }: { field: FieldView }) {
  const { editing, errors, hints, filled } = useForm()
  if (field.totp) return <TotpField field={field} />
  const help = field.help === '' ? null : <Linked text={field.help} />
  if (field.secret) return <SecretField field={field} help={help} />
  const name = fieldInput(field.name)
  return (
    <Field
      name={name}
      subject={field.label}
      label={
        <>
          {field.label} {field.optional && <FieldNote>optional</FieldNote>}
        </>
      }
      help={help}
      error={errors[name]}
      hint={hints[name]}
      defaultValue={filled[field.name] ?? editing?.values[field.name]}
    />
  )
}
