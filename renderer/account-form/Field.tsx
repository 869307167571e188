import type { InputHTMLAttributes, ReactNode } from 'react'

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string
  label: ReactNode
  /** What the error is said of, as the beginning of its sentence. */
  subject: string
  help: ReactNode
  error: string | undefined
}

/** One input with its label, a line of help and, when there is one, what is wrong with it. */
export function Field({ name, label, subject, help, error, ...input }: FieldProps) {
  const described = [help === null ? null : `${name}-help`, error === undefined ? null : `${name}-error`]
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        {...input}
        id={name}
        name={name}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={described.filter((id) => id !== null).join(' ') || undefined}
      />
      <FieldError name={name} subject={subject} error={error} />
      {help !== null && (
        <p className="help" id={`${name}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

interface FieldErrorProps {
  name: string
  subject: string
  error: string | undefined
}

export function FieldError({ name, subject, error }: FieldErrorProps) {
  if (error === undefined) return null
  return (
    <p className="error" id={`${name}-error`}>
      {subject} {error}
    </p>
  )
}
