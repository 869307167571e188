import type { SettingOutcome } from '../../contract/settings.ts'

/** What the popover and the tray menu may do with the settings. */
export interface SettingsOpener {
  /** Opens the settings, once the app is unlocked. */
  readonly open: () => void
  /** Has the system start TokenTray at login, or leaves that; asks no more unless it fails. */
  readonly answerStart: (start: boolean) => Promise<SettingOutcome>
}
