import { describedBy, Row } from './Row.tsx'
import type { ChangeOutcome } from './useSettings.ts'
import css from './SwitchRow.module.css'

interface SwitchRowProps {
  id: string
  label: string
  help?: string | null
  on: boolean
  disabled?: boolean
  outcome: ChangeOutcome | null
  onChange: (on: boolean) => void
}

export function SwitchRow({
  id,
  label,
  help = null,
  on,
  disabled = false,
  outcome,
  onChange,
}: SwitchRowProps) {
  return (
    <Row id={id} label={label} help={help} outcome={outcome}>
      <input
        type="checkbox"
        role="switch"
        className={css['switch']}
        id={id}
        checked={on}
        disabled={disabled}
        aria-describedby={describedBy(id)}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
      />
    </Row>
  )
}
