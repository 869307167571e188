import type { SettingsState } from './useSettings.ts'
import { SwitchRow } from './SwitchRow.tsx'
import { TextSizeRow } from './TextSizeRow.tsx'
import { ThemeRow } from './ThemeRow.tsx'
import { Section } from './Section.tsx'

export function General(state: SettingsState) {
  const { view, outcome, change } = state
  const { settings, launchAtLogin, platform } = view
  const cannotLaunch =
    launchAtLogin === null
      ? 'Not for this copy of TokenTray: only an installed one, with its usual folder.'
      : null
  return (
    <Section id="general" title="General">
      <SwitchRow
        id="launchAtLogin"
        label="Start at login"
        help={cannotLaunch ?? 'TokenTray starts when you log in to this computer.'}
        on={launchAtLogin === true}
        disabled={launchAtLogin === null}
        outcome={outcome}
        onChange={(on) => void change('launchAtLogin', { launchAtLogin: on })}
      />
      <SwitchRow
        id="startHidden"
        label="Start hidden"
        help="Start in the tray, without a window."
        on={settings.startHidden}
        disabled={launchAtLogin !== true}
        outcome={outcome}
        onChange={(on) => void change('startHidden', { startHidden: on })}
      />
      <ThemeRow
        theme={settings.theme}
        outcome={outcome}
        onChange={(theme) => void change('theme', { theme })}
      />
      <TextSizeRow {...state} />
      <SwitchRow
        id="clock24"
        label="24-hour clock"
        help="Show 06:00 instead of 6:00 am."
        on={!settings.hour12}
        outcome={outcome}
        onChange={(on) => void change('clock24', { hour12: !on })}
      />
      {platform === 'darwin' && (
        <SwitchRow
          id="menuBarCount"
          label="Count in the menu bar"
          help="Shows beside the icon how many accounts are ready, such as 3/4."
          on={settings.menuBarCount}
          outcome={outcome}
          onChange={(on) => void change('menuBarCount', { menuBarCount: on })}
        />
      )}
    </Section>
  )
}
