import { describedBy, Row } from './Row.tsx'
import type { Told } from './useSettings.ts'

interface SwitchRowProps {
  id: string
  label: string
  help?: string | null
  on: boolean
  disabled?: boolean
  told: Told | null
  onChange: (on: boolean) => void
}

export function SwitchRow({ id, label, help = null, on, disabled = false, told, onChange }: SwitchRowProps) {
  return (
    <Row id={id} label={label} help={help} told={told}>
      <input
        type="checkbox"
        role="switch"
        className="switch"
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
