/** Tells why there is no tray icon and how to get one. */
export const noTrayNotice = (env: NodeJS.ProcessEnv): string =>
  `Your desktop shows no tray icons, so TokenTray keeps this window. ${advice(env)}`

// The variable may list several names: https://specifications.freedesktop.org/desktop-entry-spec/latest/recognized-keys.html
const advice = ({ XDG_CURRENT_DESKTOP: desktop = '' }: NodeJS.ProcessEnv): string =>
  /gnome/i.test(desktop)
    ? 'The GNOME extension “AppIndicator and KStatusNotifierItem Support” shows them.'
    : 'A panel with a system tray shows them.'

const trayPlaces: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'in the menu bar, above this window',
  win32: 'in the taskbar, below this window. Drag it out of the ˄ menu to keep it in sight',
}

/** Tells a newcomer where the tray icon is. */
export const trayNotice = (platform: NodeJS.Platform): string =>
  `TokenTray’s icon is ${trayPlaces[platform] ?? 'in your panel’s tray'}. Click it to open this window again.`
