import { useState } from 'react'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { Eye } from './Eye.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import shared from './input.module.css'
import css from './Field.module.css'

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string
  label: ReactNode
  /** The subject of the error's sentence. */
  subject: string
  help: ReactNode
  error: string | undefined
  /** A warning about an unusual value that is accepted, shown like an error. */
  hint?: string | undefined
  /** True to mask the value and add a button that reveals it. */
  secret?: boolean
  /** A button at the end of the label's line. */
  aside?: ReactNode
  /** What is shown right under the input. */
  below?: ReactNode
}

/** Shows an input with its label, a line of help and its error or warning. */
export function Field(props: FieldProps) {
  const { name, label, subject, help, error, hint, secret = false, aside, below, ...input } = props
  const [shown, setShown] = useState(false)
  const described = [
    help === null ? null : `${name}-help`,
    error === undefined ? null : `${name}-error`,
    hint === undefined ? null : `${name}-hint`,
  ]
  return (
    <div className={css['field']}>
      <div className={css['label-line']}>
        <label className={shared['label']} htmlFor={name}>
          {label}
        </label>
        {aside}
      </div>
      <div className={css['input-line']}>
        <input
          {...input}
          className={classes(shared['input'], css['input'])}
          type={secret && !shown ? 'password' : 'text'}
          data-secret={secret}
          id={name}
          name={name}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={described.filter((id) => id !== null).join(' ') || undefined}
        />
        {secret && (
          <button
            type="button"
            className={css['reveal']}
            aria-label={`Show what is typed: ${subject}`}
            aria-pressed={shown}
            title={shown ? 'Hide' : 'Show what is typed'}
            onClick={() => {
              setShown(!shown)
            }}
          >
            <Eye crossed={shown} />
          </button>
        )}
      </div>
      <FieldError name={name} subject={subject} error={error} />
      {below}
      {hint !== undefined && (
        <p className={css['hint']} id={`${name}-hint`}>
          {subject} {hint}
        </p>
      )}
      {help !== null && (
        <p className={text['help']} id={`${name}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

/** Shows what is to be known of a field beside its label. */
export function FieldNote({ children }: { children: ReactNode }) {
  return <span className={css['note']}>{children}</span>
}

interface FieldErrorProps {
  name: string
  subject: string
  error: string | undefined
}

export function FieldError({ name, subject, error }: FieldErrorProps) {
  if (error === undefined) return null
  return (
    <p className={shared['error']} id={`${name}-error`}>
      {subject} {error}
    </p>
  )
}
