import { proxyPasswordField } from '../../electron/contract/fields.ts'
import { proxyInput } from './draft.ts'
import { Field } from './Field.tsx'
import { useForm } from './FormContext.ts'
import { SecretField } from './SecretField.tsx'

const password = { name: proxyPasswordField, label: 'Proxy password', optional: false }

/** Shows the inputs for the proxy of all requests of the account. */
export function Proxy() {
  const { editing, errors } = useForm()
  return (
    <>
      <Field
        name={proxyInput}
        subject="The proxy address"
        label="Proxy address"
        help="http, https or socks5. Everything for this account goes through it."
        error={errors[proxyInput]}
        inputMode="url"
        defaultValue={editing?.proxy}
        placeholder="http://user@host:3128"
      />
      <SecretField field={password} help={null} />
    </>
  )
}
