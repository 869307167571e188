import { hasTrayHost, watchTrayHost } from '../adapters/tray-host.ts'
import { noTrayNotice } from '../shell/tray/no-tray-notice.ts'
import type { TrayApp } from './create-app.ts'

/** How long a tray host that comes while the app starts may take to be heard of, ms. */
const HOST_TOLD_WITHIN_MS = 1_000

/**
 * Follows the coming and going of the desktop's tray: without one the popover is an ordinary window, and a notice says
 * why there is no icon.
 * @returns whether there is a tray now, and what stops following it
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
    else notices.tell(noTrayNotice(process.env))
  }
  // Chromium itself tells a returning tray of an icon that the tray has had; made anew then, Electron 42's never shows.
  let hasHadHost = false
  const stop = watchTrayHost(clock, (hasHost) => {
    if (hasHost && !hasHadHost) tray.renew()
    hasHadHost ||= hasHost
    onTrayHost(hasHost)
  })
  // Asked only when the icon is there, because the question starts a program, which holds up everything else.
  const hasTray = await hasTrayHost()
  // Only then, because a host that came after the icon was made is heard of in this time, and needs a new icon.
  if (hasTray) clock.after(HOST_TOLD_WITHIN_MS, () => void (hasHadHost = true))
  onTrayHost(hasTray)
  return { hasTray, stop }
}
