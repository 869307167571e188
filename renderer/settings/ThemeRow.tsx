import type { Theme } from '../../electron/contract/settings.ts'
import { Row } from './Row.tsx'
import type { ChangeOutcome } from './useSettings.ts'
import css from './ThemeRow.module.css'

const themes: readonly [theme: Theme, words: string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

interface ThemeRowProps {
  theme: Theme
  outcome: ChangeOutcome | null
  onChange: (theme: Theme) => void
}

export function ThemeRow({ theme, outcome, onChange }: ThemeRowProps) {
  return (
    <Row id="theme" label="Theme" labelled={false} outcome={outcome}>
      <div
        className={css['segments']}
        role="radiogroup"
        aria-labelledby="theme-label"
        aria-describedby="theme-outcome"
      >
        {themes.map(([value, words]) => (
          <label key={value} className={css['segment']}>
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
