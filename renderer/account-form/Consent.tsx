import type { ReactNode } from 'react'
import { FieldError } from './Field.tsx'
import { useForm } from './FormContext.ts'
import check from './check.module.css'

interface ConsentProps {
  /** The name of the checkbox and of its error. */
  readonly name: string
  readonly children: ReactNode
}

/** Shows a checkbox that has to be ticked before the form is saved. */
export function Consent({ name, children }: ConsentProps) {
  const error = useForm().errors[name]
  return (
    <>
      <label className={check['check']}>
        <input
          className={check['tick']}
          type="checkbox"
          id={name}
          name={name}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : `${name}-error`}
        />
        {children}
      </label>
      <FieldError name={name} subject="Tick this" error={error === undefined ? error : 'to go on'} />
    </>
  )
}
