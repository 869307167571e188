import type { SettingChange, SettingOutcome, SettingsView } from './settings.ts'

/** What the preload script gives the settings as `window.settings`. */
export interface SettingsBridge {
  describe(): Promise<SettingsView>
  /** Calls `listener` with each new view; the function returned stops it. */
  onView(listener: (view: SettingsView) => void): () => void
  change(change: SettingChange): Promise<SettingOutcome>
  /** While keys are recorded, the shortcut in use is given back, so that it can be pressed here too. */
  recordShortcut(recording: boolean): Promise<void>
  openStateFolder(): Promise<SettingOutcome>
  close(): Promise<void>
}
