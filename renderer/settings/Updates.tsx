import type { SettingsBridge, UpdateView } from '../../electron/contract/settings.ts'
import { Button } from '../shared/Button.tsx'
import { describedBy, Row } from './Row.tsx'
import { Section } from './Section.tsx'
import { SwitchRow } from './SwitchRow.tsx'
import type { SettingsState } from './useSettings.ts'
import css from './Updates.module.css'

interface UpdatesProps {
  bridge: SettingsBridge
  state: SettingsState
  update: UpdateView
}

/** Shows the switch for looking for new versions, and a newer version once there is one. */
export function Updates({ bridge, state, update: { on, newer } }: UpdatesProps) {
  const { outcome, ask, change } = state
  return (
    <Section id="updates" title="Updates">
      <SwitchRow
        id="lookForUpdates"
        label="Look for new versions"
        help="Asks the release page once a day. TokenTray never installs one by itself."
        on={on}
        outcome={outcome}
        onChange={(next) => void change('lookForUpdates', { updates: next })}
      />
      {newer !== null && (
        <Row
          id="release"
          label={`Version ${newer.version} is out`}
          help={newer.page}
          labelled={false}
          outcome={outcome}
        >
          <Button
            aria-describedby={describedBy('release')}
            onClick={() =>
              void ask('release', () => bridge.copyReleasePage(), 'Copied: open it in your browser')
            }
          >
            Copy address
          </Button>
        </Row>
      )}
      {newer !== null && newer.notes !== '' && (
        <div className={css['release']}>
          {/* Long notes scroll, by the keyboard too. */}
          <pre className={css['notes']} role="region" aria-labelledby="release-label" tabIndex={0}>
            {newer.notes}
          </pre>
        </div>
      )}
    </Section>
  )
}
