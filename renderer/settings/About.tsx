import type { SettingsBridge } from '../../electron/contract/settings.ts'
import { Icon } from '../shared/Icon.tsx'
import type { SettingsState } from './useSettings.ts'

const ROW = 'stateFolder'

export function About({ bridge, state }: { bridge: SettingsBridge; state: SettingsState }) {
  const { told, ask, view } = state
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
              aria-describedby={`${ROW}-told`}
              onClick={() => void ask(ROW, () => bridge.openStateFolder(), 'Opened')}
            >
              Open folder
            </button>
            <span className="told" id={`${ROW}-told`} role="status" data-ok={told?.row === ROW && told.ok}>
              {told?.row === ROW && ` ${told.words}`}
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
