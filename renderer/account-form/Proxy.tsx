import { proxyPasswordField } from '../../electron/contract/fields.ts'
import type { FormView } from '../../electron/contract/requests.ts'
import { fieldInput, proxyInput } from './draft.ts'
import type { Errors } from './errors.ts'
import { Field } from './Field.tsx'
import { setOnWords } from './set-on.ts'

interface ProxyProps {
  editing: FormView['editing']
  errors: Errors
  now: number
}

/** What all requests of the account go through. */
export function Proxy({ editing, errors, now }: ProxyProps) {
  const password = fieldInput(proxyPasswordField)
  const setAt = editing?.secretsSetAt[proxyPasswordField]
  return (
    <>
      <Field
        name={proxyInput}
        subject="The proxy address"
        label="Proxy address"
        help="http, https or socks5. Nothing is ever sent around it. Leave it empty to do without."
        error={errors[proxyInput]}
        inputMode="url"
        defaultValue={editing?.proxy}
        placeholder="http://user@host:3128"
      />
      <Field
        name={password}
        subject="The proxy password"
        label={
          <>Proxy password {setAt !== undefined && <span className="note">{setOnWords(setAt, now)}</span>}</>
        }
        help={null}
        error={errors[password]}
        type="password"
        placeholder={setAt === undefined ? undefined : 'Leave empty to keep it'}
      />
    </>
  )
}
