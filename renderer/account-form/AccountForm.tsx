import { useRef, useState } from 'react'
import type { SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import type { AccountFormBridge } from '../../electron/contract/bridge.ts'
import type { FormView } from '../../electron/contract/requests.ts'
import { ProblemBanner } from '../shared/ProblemBanner.tsx'
import { BrokerFields } from './BrokerFields.tsx'
import { draftFrom } from './draft.ts'
import { Endpoints } from './Endpoints.tsx'
import { sortErrors } from './errors.ts'
import type { Errors } from './errors.ts'
import { Field, FieldError } from './Field.tsx'
import { Terms } from './Terms.tsx'

interface Trouble {
  message: string
  next: string
}

const broken: Trouble = {
  message: 'Saving did not work.',
  next: 'Try again; if it stays so, restart TokenTray.',
}

/** The inputs are left to the page itself: what is typed is read once, on *Save*, and never held by React. */
export function AccountForm({ bridge, view }: { bridge: AccountFormBridge; view: FormView }) {
  const { brokers, editing } = view
  const form = useRef<HTMLFormElement>(null)
  const [brokerId, setBrokerId] = useState(editing?.brokerId ?? brokers[0]?.id)
  const [errors, setErrors] = useState<Errors>({})
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [saving, setSaving] = useState(false)
  const [openedAt] = useState(() => Date.now())
  const broker = brokers.find(({ id }) => id === brokerId)
  if (broker === undefined)
    return <ProblemBanner problem={{ message: 'No broker to choose from.', next: '' }} />

  const show = (found: Errors, problem: Trouble | null, focus: string | null): void => {
    // What is wrong has to be on the page before it can be unfolded and focused.
    flushSync(() => {
      setErrors(found)
      setTrouble(problem)
      setSaving(false)
    })
    for (const input of form.current?.querySelectorAll('[aria-invalid=true]') ?? []) {
      input.closest('details')?.setAttribute('open', '')
    }
    if (focus !== null) document.getElementById(focus)?.focus()
    else if (problem !== null) form.current?.scrollIntoView({ block: 'start' })
  }

  const save = async (): Promise<void> => {
    if (form.current === null || saving) return
    setSaving(true)
    try {
      const outcome = await bridge.save(draftFrom(new FormData(form.current), broker, editing))
      if (outcome.ok) {
        form.current.reset()
      } else if ('problem' in outcome) {
        show({}, outcome.problem, null)
      } else {
        const { byInput, rest, first } = sortErrors(outcome.errors, broker, editing !== null)
        show(byInput, rest.length === 0 ? null : { message: rest.join(' '), next: '' }, first)
      }
    } catch {
      show({}, broken, null)
    }
  }

  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault()
    void save()
  }

  return (
    <form className="form" ref={form} noValidate onSubmit={onSubmit}>
      {trouble !== null && <ProblemBanner problem={trouble} />}
      <div className="form-body">
        <h1>{editing === null ? 'Add an account' : `Change ${editing.name}`}</h1>
        {editing === null ? (
          <>
            <div className="field">
              <label htmlFor="brokerId">Broker</label>
              <select
                id="brokerId"
                name="brokerId"
                value={broker.id}
                aria-invalid={errors['brokerId'] !== undefined}
                aria-describedby={errors['brokerId'] === undefined ? undefined : 'brokerId-error'}
                onChange={(event) => {
                  setBrokerId(event.target.value)
                  setErrors({})
                }}
              >
                {brokers.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
              <FieldError name="brokerId" subject="The broker" error={errors['brokerId']} />
            </div>
            <Field
              name="name"
              label="Account name"
              subject="The account name"
              help="Yours to choose: lower-case letters, digits, dots, dashes."
              error={errors['name']}
              type="text"
              autoFocus
            />
          </>
        ) : (
          <p className="muted">{broker.name}</p>
        )}
        <div className="group" key={broker.id}>
          <BrokerFields broker={broker} editing={editing} errors={errors} now={openedAt} />
          <Endpoints broker={broker} editing={editing} errors={errors} now={openedAt} />
          <Terms terms={broker.terms} accepted={editing?.termsAccepted ?? false} error={errors['terms']} />
        </div>
      </div>
      <footer className="form-footer">
        <p className="help">Secrets go to this computer’s keychain and are not shown again.</p>
        <button type="button" className="button" onClick={() => void bridge.close()}>
          Cancel
        </button>
        <button type="submit" className="button primary" aria-disabled={saving}>
          {saving ? 'Saving…' : 'Save'}
        </button>
      </footer>
    </form>
  )
}
