import type { SettingsBridge, UpdateView } from '../../electron/contract/settings.ts'
import { describedBy, Row } from './Row.tsx'
import { SwitchRow } from './SwitchRow.tsx'
import type { SettingsState } from './useSettings.ts'

interface UpdatesProps {
  bridge: SettingsBridge
  state: SettingsState
  update: UpdateView
}

/** Shows the switch for looking for new versions, and a newer version once there is one. */
export function Updates({ bridge, state, update: { on, newer } }: UpdatesProps) {
  const { outcome, ask, change } = state
  return (
    <section aria-labelledby="updates">
      <h2 id="updates">Updates</h2>
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
          <button
            type="button"
            className="button"
            aria-describedby={describedBy('release')}
            onClick={() =>
              void ask('release', () => bridge.copyReleasePage(), 'Copied: open it in your browser')
            }
          >
            Copy address
          </button>
        </Row>
      )}
      {newer !== null && newer.notes !== '' && (
        <div className="setting">
          {/* Long notes scroll, by the keyboard too. */}
          <pre className="notes" role="region" aria-labelledby="release-label" tabIndex={0}>
            {newer.notes}
          </pre>
        </div>
      )}
    </section>
  )
}
