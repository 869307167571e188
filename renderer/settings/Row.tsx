import type { ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import type { Told } from './useSettings.ts'

interface RowProps {
  id: string
  label: string
  help?: string | null
  told: Told | null
  /** False for a control that brings its label with it, such as a group. */
  labelled?: boolean
  children: ReactNode
}

/** What a control is described by: the line of help and the outcome beside it. */
export const describedBy = (id: string): string => `${id}-help ${id}-told`

/** One setting: its name, a line about it, its control, and how the last change of it ended. */
export function Row({ id, label, help = null, told, labelled = true, children }: RowProps) {
  const own = told?.row === id ? told : null
  return (
    <div className="setting">
      <div className="setting-words">
        {labelled ? (
          <label htmlFor={id} className="setting-name">
            {label}
          </label>
        ) : (
          <p className="setting-name" id={`${id}-label`}>
            {label}
          </p>
        )}
        {help !== null && (
          <p className="help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
      <div className="setting-control">{children}</div>
      {/* Always there: a screen reader only tells what changes in something it knows. */}
      <p className="told" id={`${id}-told`} role="status" data-ok={own?.ok}>
        {own !== null && (
          <>
            {!own.ok && <Icon shape="bang" />}
            {own.words}
          </>
        )}
      </p>
    </div>
  )
}
