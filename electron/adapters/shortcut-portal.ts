import { readBusProperty } from './bus-property.ts'

/**
 * Tells whether the desktop offers global shortcuts to programs on Wayland; null when it can't be found out
 * (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html).
 */
export async function hasShortcutPortal(env: NodeJS.ProcessEnv = process.env): Promise<boolean | null> {
  const answer = await readBusProperty(
    {
      destination: 'org.freedesktop.portal.Desktop',
      path: '/org/freedesktop/portal/desktop',
      interface: 'org.freedesktop.portal.GlobalShortcuts',
      property: 'version',
    },
    env,
  )
  return answer === null ? null : answer === true
}
