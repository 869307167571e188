import { textSizes } from '../../electron/contract/settings-limits.ts'
import { describedBy, Row } from './Row.tsx'
import type { SettingsState } from './useSettings.ts'
import input from './input.module.css'

const ID = 'textPercent'

/** Chooses the size of text in all windows. */
export function TextSizeRow({ view, outcome, change }: SettingsState) {
  const key = view.platform === 'darwin' ? '⌘' : 'Ctrl'
  return (
    <Row
      id={ID}
      label="Text size"
      help={`In every window also ${key} and + or −; ${key} and 0 for 100 %.`}
      outcome={outcome}
    >
      <select
        id={ID}
        className={input['input']}
        aria-describedby={describedBy(ID)}
        value={view.settings.textPercent}
        onChange={({ target }) => {
          const chosen = textSizes.find((size) => size === Number(target.value))
          if (chosen !== undefined) void change(ID, { textPercent: chosen })
        }}
      >
        {textSizes.map((size) => (
          <option key={size} value={size}>
            {size} %
          </option>
        ))}
      </select>
    </Row>
  )
}
