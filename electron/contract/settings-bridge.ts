import type { SettingChange, SettingOutcome, SettingsView, WayOut } from './settings.ts'

/** What the preload script gives the settings as `window.settings`. */
export interface SettingsBridge {
  describe(): Promise<SettingsView>
  /** Calls `listener` with each new view; the function returned stops it. */
  onView(listener: (view: SettingsView) => void): () => void
  change(change: SettingChange): Promise<SettingOutcome>
  /** While keys are recorded, the shortcut in use is given back, so that it can be pressed here too. */
  recordShortcut(recording: boolean): Promise<void>
  openStateFolder(): Promise<SettingOutcome>
  /** These two take secrets in; nothing gives them back. */
  keepWebhook(address: string): Promise<SettingOutcome>
  keepTelegram(token: string, chat: string): Promise<SettingOutcome>
  forgetWay(way: WayOut): Promise<SettingOutcome>
  /** Sends a message there to see whether it arrives. */
  tryWay(way: WayOut): Promise<SettingOutcome>
  close(): Promise<void>
}
