import { hasTrayHost, watchTrayHost } from '../adapters/tray-host.ts'
import { noTrayNotice, trayNotice } from '../shell/tray/tray-notice.ts'
import type { TrayApp } from './create-app.ts'

/** Within this time the app learns of a tray host that appears during the start, ms. */
const HOST_REPORT_MS = 1_000

/**
 * Follows whether the desktop has a tray. Without one the popover is an ordinary window, and a notice says why there
 * is no icon.
 * @returns whether there is a tray now, and a function that stops following it
 */
export async function followTrayHost({
  services: { clock },
  notices,
  popover,
  tray,
}: TrayApp): Promise<{ readonly hasTray: boolean; readonly stop: () => void }> {
  const onTrayHost = (hasTray: boolean): void => {
    popover.setTray(hasTray)
    if (hasTray) notices.forget(noTrayNotice(process.env))
    else {
      notices.forget(trayNotice(process.platform))
      notices.tell(noTrayNotice(process.env))
    }
  }
  // Chromium itself registers the old icon with a returning tray; an icon that Electron 42 recreates then never shows.
  let hasHadHost = false
  const stop = watchTrayHost(clock, (hasHost) => {
    if (hasHost && !hasHadHost) tray.renew()
    hasHadHost ||= hasHost
    onTrayHost(hasHost)
  })
  // Checked after the icon is created, because the check starts a program, which delays everything else.
  const hasTray = await hasTrayHost()
  // Delayed, because a host that appeared after the icon was created is reported in this time and needs a new icon.
  if (hasTray) clock.after(HOST_REPORT_MS, () => void (hasHadHost = true))
  onTrayHost(hasTray)
  return { hasTray, stop }
}
