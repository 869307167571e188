import type { BrokerView, FormView } from '../../electron/contract/requests.ts'
import { endpointInput } from './draft.ts'
import type { Errors } from './errors.ts'
import { Field } from './Field.tsx'
import { Proxy } from './Proxy.tsx'

interface EndpointsProps {
  broker: BrokerView
  editing: FormView['editing']
  errors: Errors
  now: number
}

/** Where the broker is asked, its real addresses unless others are typed, and what the requests go through. */
export function Endpoints({ broker, editing, errors, now }: EndpointsProps) {
  const hasOwn = broker.endpoints.some(({ key }) => (editing?.endpoints[key] ?? '') !== '')
  const inUse = hasOwn || (editing?.proxy ?? '') !== ''
  if (broker.endpoints.length === 0) return null
  return (
    <details open={inUse}>
      <summary>Advanced</summary>
      <p className="help">Leave these empty to talk to {broker.name} itself.</p>
      {broker.endpoints.map(({ key, url }) => {
        const name = endpointInput(key)
        return (
          <Field
            key={key}
            name={name}
            subject={`The ${key} address`}
            label={`Address: ${key}`}
            help={null}
            error={errors[name]}
            inputMode="url"
            defaultValue={editing?.endpoints[key]}
            placeholder={url}
          />
        )
      })}
      <Proxy editing={editing} errors={errors} now={now} />
    </details>
  )
}
