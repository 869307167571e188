import type { ClipboardEventHandler, ReactNode } from 'react'
import { setOnWords } from '../shared/set-on.ts'
import { fieldInput, forgetInput } from './draft.ts'
import { Field, FieldNote } from './Field.tsx'
import { useForm } from './FormContext.ts'
import { Button } from '../shared/Button.tsx'

interface SecretFieldProps {
  field: { readonly name: string; readonly label: string; readonly optional: boolean }
  help: ReactNode
  below?: ReactNode
  onPaste?: ClipboardEventHandler<HTMLInputElement>
}

/** Shows an input for a secret. Of a stored or imported value it shows only that it exists. */
export function SecretField({ field, help, below, onPaste }: SecretFieldProps) {
  const { editing, errors, hints, view, openedAt, forgotten, actions } = useForm()
  const { label, optional } = field
  const name = fieldInput(field.name)
  const setAt = editing?.secretsSetAt[field.name]
  const isForgotten = forgotten.includes(field.name)
  const from = view?.imported[field.name]
  const isNeededAgain = view?.enterAgain.includes(field.name) === true

  const aside = ((): ReactNode => {
    if (from !== undefined) {
      return <Aside words="Remove" about={`the imported ${label}`} onClick={() => actions.drop(field.name)} />
    }
    if (setAt === undefined || !optional) return null
    return isForgotten ? (
      <Aside
        words="Keep it"
        about={`the stored ${label}`}
        onClick={() => actions.forget(field.name, false)}
      />
    ) : (
      <Aside
        words="Forget it"
        about={`the stored ${label}`}
        onClick={() => actions.forget(field.name, true)}
      />
    )
  })()

  const note = ((): string | null => {
    if (from !== undefined) return 'imported'
    if (isForgotten) return 'will be forgotten when you save'
    if (isNeededAgain) return 'needed again, because an address or the proxy has changed'
    if (setAt !== undefined) return setOnWords(setAt, openedAt)
    return optional ? 'optional' : null
  })()

  const placeholder = ((): string | undefined => {
    if (from !== undefined) return `From ${from}`
    return setAt === undefined || isForgotten || isNeededAgain ? undefined : 'Leave empty to keep it'
  })()

  return (
    <>
      <Field
        secret
        name={name}
        subject={label}
        label={
          <>
            {label} {note !== null && <FieldNote>{note}</FieldNote>}
          </>
        }
        help={help}
        error={errors[name]}
        hint={hints[name]}
        placeholder={placeholder}
        aside={aside}
        below={below}
        onPaste={onPaste}
      />
      {isForgotten && <input type="hidden" name={forgetInput} value={field.name} />}
    </>
  )
}

function Aside({ words, about, onClick }: { words: string; about: string; onClick: () => void }) {
  return (
    <Button look="link" aria-label={`${words}: ${about}`} onClick={onClick}>
      {words}
    </Button>
  )
}
