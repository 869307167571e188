import { proxyPasswordField } from '../../electron/contract/fields.ts'
import { endpointInput, fieldInput, proxyInput } from './draft.ts'
import { endpointLabel } from './errors.ts'
import { Field } from './Field.tsx'
import { Fold } from './Fold.tsx'
import { useForm } from './FormContext.ts'
import { Proxy } from './Proxy.tsx'
import text from '../shared/text.module.css'

/** Shows the inputs of the broker's addresses, which default to the real ones, and of the proxy. */
export function Endpoints() {
  const { broker, editing, errors } = useForm()
  const hasOwn = broker.endpoints.some(({ key }) => (editing?.endpoints[key] ?? '') !== '')
  const inputs = [
    ...broker.endpoints.map(({ key }) => endpointInput(key)),
    proxyInput,
    fieldInput(proxyPasswordField),
  ]
  const hasError = inputs.some((input) => errors[input] !== undefined)
  if (broker.endpoints.length === 0) return null
  return (
    <Fold summary="Advanced" forceOpen={hasOwn || (editing?.proxy ?? '') !== '' || hasError}>
      <p className={text['help']}>For testing against another server.</p>
      {broker.endpoints.map(({ key, url }) => {
        const name = endpointInput(key)
        return (
          <Field
            key={key}
            name={name}
            subject={endpointLabel(broker, key)}
            label={endpointLabel(broker, key)}
            help={null}
            error={errors[name]}
            inputMode="url"
            defaultValue={editing?.endpoints[key]}
            placeholder={url}
          />
        )
      })}
      <Proxy />
    </Fold>
  )
}
