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
export function Consent(props: ConsentProps) {
  return <ConsentBox {...props} isMissed={useForm().errors[props.name] !== undefined} />
}

interface ConsentBoxProps extends ConsentProps {
  /** True once a save was refused because it is not ticked. */
  readonly isMissed: boolean
  /** Left out where the form reads the checkbox itself. */
  readonly checked?: boolean
  readonly onChange?: (isTicked: boolean) => void
}

/** Shows a checkbox that has to be ticked before anything is saved. */
export function ConsentBox({ name, children, isMissed, checked, onChange }: ConsentBoxProps) {
  return (
    <>
      <label className={check['check']}>
        <input
          className={check['tick']}
          type="checkbox"
          id={name}
          name={name}
          aria-invalid={isMissed}
          aria-describedby={isMissed ? `${name}-error` : undefined}
          checked={checked}
          onChange={(event) => onChange?.(event.target.checked)}
        />
        {children}
      </label>
      <FieldError name={name} subject="Tick this" error={isMissed ? 'to go on' : undefined} />
    </>
  )
}
