/**
 * The names of everything that crosses the bridge.
 *
 * This file imports nothing on purpose: a sandboxed preload script may only require Electron's own modules,
 * and one that reaches for anything else dies without a word.
 */

/** Requests from the settings. */
export const settingsChannels = {
  describe: 'settings:describe',
  change: 'settings:change',
  recordShortcut: 'settings:record-shortcut',
  openStateFolder: 'settings:open-state-folder',
  keepWebhook: 'settings:keep-webhook',
  keepTelegram: 'settings:keep-telegram',
  forgetWay: 'settings:forget-way',
  tryWay: 'settings:try-way',
  close: 'settings:close',
} as const

/** Pushed from the main process to the settings: the whole `SettingsView`, each time it changes. */
export const settingsChanged = 'settings:changed'
