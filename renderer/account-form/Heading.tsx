import { useState } from 'react'
import { accountSlug } from '../../electron/contract/fields.ts'
import { BrokerBadge } from './BrokerBadge.tsx'
import { Field } from './Field.tsx'
import { useForm } from './FormContext.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import css from './Heading.module.css'

/** Shows what the form is about, with the ways to another broker and to a file with the values. */
export function Heading() {
  const { broker, editing, actions } = useForm()
  const { developers } = broker.pages
  return (
    <header className={css['heading']}>
      <BrokerBadge broker={broker} />
      <div>
        <h1>{editing === null ? 'Add an account' : `Change ${editing.name}`}</h1>
        <p className={text['muted']}>
          {broker.name}
          {developers !== null && (
            <>
              {' · '}
              <Button
                look="link"
                onClick={() => {
                  actions.openPage('developers')
                }}
              >
                Developer page
              </Button>
            </>
          )}
        </p>
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
      <Button
        onClick={() => {
          actions.importFrom('env-file')
        }}
      >
        Import from .env…
      </Button>
    </header>
  )
}

/** Asks for a new account's name, and shows what it becomes for scripts. */
export function AccountName() {
  const { broker, editing, errors } = useForm()
  const [typed, setTyped] = useState(broker.suggestedName)
  if (editing !== null) return null
  const slug = accountSlug(typed)
  return (
    <Field
      name="name"
      label="Account name"
      subject="The account name"
      help={
        slug === '' || slug === typed.trim()
          ? 'A short name, such as zerodha-main.'
          : `Scripts call it ${slug}.`
      }
      error={errors['name']}
      defaultValue={broker.suggestedName}
      onInput={({ currentTarget }) => {
        setTyped(currentTarget.value)
      }}
      onFocus={(event) => {
        event.target.select()
      }}
    />
  )
}
