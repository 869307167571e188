import type { SettingsBridge } from '../../electron/contract/settings.ts'
import { Icon } from '../shared/Icon.tsx'
import type { SettingsState } from './useSettings.ts'
import { Button } from '../shared/Button.tsx'
import { Section } from './Section.tsx'
import outcomeCss from './Outcome.module.css'
import css from './About.module.css'

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
    <Section id="about" title="About">
      {about.electronWarning !== null && <Warning words={about.electronWarning} />}
      {about.keychainProblem !== null && <Warning words={about.keychainProblem} />}
      <dl className={css['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Folder</dt>
          <dd>
            <span className={css['path']}>{about.stateFolder}</span>{' '}
            <Button
              aria-describedby={`${ROW}-outcome`}
              onClick={() => void ask(ROW, () => bridge.openStateFolder(), 'Opened')}
            >
              Open folder
            </Button>
            <span
              className={outcomeCss['outcome']}
              id={`${ROW}-outcome`}
              role="status"
              data-ok={outcome?.row === ROW && outcome.ok}
            >
              {outcome?.row === ROW && ` ${outcome.words}`}
            </span>
          </dd>
        </div>
      </dl>
    </Section>
  )
}

function Warning({ words }: { words: string }) {
  return (
    <p className={css['warning']}>
      <Icon shape="bang" />
      <span>{words}</span>
    </p>
  )
}
