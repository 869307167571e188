import type { SettingsBridge } from '../../electron/contract/settings.ts'
import { Icon } from '../shared/Icon.tsx'
import type { SettingsState } from './useSettings.ts'

const ROW = 'stateFolder'

export function About({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  const { outcome, ask, view } = state
  const { about } = view
  const facts: [name: string, value: string][] = [
    ['TokenTray', `${about.version}, ${about.licence} licence`],
    ['Electron', about.electron],
    ['Chromium', about.chromium],
    ['Node', about.node],
    ['System', about.system],
    ['Keychain', about.keychain],
  ]
  return (
    <section aria-labelledby="about">
      <h2 id="about">About</h2>
      {about.electronWarning !== null && <Warning words={about.electronWarning} />}
      {about.keychainProblem !== null && <Warning words={about.keychainProblem} />}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Folder</dt>
          <dd>
            <span className="path">{about.stateFolder}</span>{' '}
            <button
              type="button"
              className="button"
              aria-describedby={`${ROW}-outcome`}
              onClick={() => void ask(ROW, () => bridge.openStateFolder(), 'Opened')}
            >
              Open folder
            </button>
            <span
              className="outcome"
              id={`${ROW}-outcome`}
              role="status"
              data-ok={outcome?.row === ROW && outcome.ok}
            >
              {outcome?.row === ROW && ` ${outcome.words}`}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Warning({ words }: { words: string }) {
  return (
    <p className="warning">
      <Icon shape="bang" />
      <span>{words}</span>
    </p>
  )
}
