import { useEffect } from 'react'
import type { SettingsBridge, SettingsView } from '../../electron/contract/settings.ts'
import { About } from './About.tsx'
import { General } from './General.tsx'
import { LockSection } from './LockSection.tsx'
import { Messages } from './Messages.tsx'
import { Mornings } from './Mornings.tsx'
import { Privacy } from './Privacy.tsx'
import { ShortcutRow } from './ShortcutRow.tsx'
import { Updates } from './Updates.tsx'
import { Sections } from './Sections.tsx'
import { useSettings } from './useSettings.ts'
import { Section } from './Section.tsx'
import css from './Page.module.css'

/** Shows the settings. Every change takes effect at once, so there is no save and no cancel. */
export function Page({ bridge, first }: { bridge: SettingsBridge; first: SettingsView }) {
  const state = useSettings(bridge, first)
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') void bridge.close().catch(() => undefined)
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [bridge])
  return (
    <main className={css['settings']}>
      <h1>TokenTray settings</h1>
      <Sections
        sections={[
          ...[['general', 'General'] as const, ['mornings', 'Mornings'] as const],
          ...[['messages', 'Alerts on your phone'] as const, ['privacy', 'Clipboard and screen'] as const],
          ...[['lock', 'Lock'] as const, ['keyboard', 'Keyboard'] as const],
          ...(state.view.update === null ? [] : [['updates', 'Updates'] as const]),
          ['about', 'About'],
        ]}
      />
      <div className={css['content']}>
        <General {...state} />
        <Mornings {...state} />
        <Messages bridge={bridge} state={state} />
        <Privacy {...state} />
        <LockSection bridge={bridge} state={state} />
        <Section id="keyboard" title="Keyboard">
          <ShortcutRow bridge={bridge} state={state} />
        </Section>
        {state.view.update !== null && <Updates bridge={bridge} state={state} update={state.view.update} />}
        <About bridge={bridge} state={state} />
      </div>
    </main>
  )
}
