import type { Theme } from '../../electron/contract/settings.ts'
import { Row } from './Row.tsx'
import type { Told } from './useSettings.ts'

const themes: readonly [theme: Theme, words: string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

interface ThemeRowProps {
  theme: Theme
  told: Told | null
  onChange: (theme: Theme) => void
}

export function ThemeRow({ theme, told, onChange }: ThemeRowProps) {
  return (
    <Row id="theme" label="Theme" labelled={false} told={told}>
      <div className="segments" role="radiogroup" aria-labelledby="theme-label" aria-describedby="theme-told">
        {themes.map(([value, words]) => (
          <label key={value} className="segment">
            <input
              type="radio"
              name="theme"
              value={value}
              checked={value === theme}
              onChange={() => {
                onChange(value)
              }}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </Row>
  )
}
