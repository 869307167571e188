import { startFlags } from '../shell/start-mode.ts'

const OWN: ReadonlySet<string> = new Set(Object.values(startFlags))

/**
 * The switches that a user, a desktop or a package has a reason for, beside our own: the sandbox that root and some
 * packages lack, graphics, scale, language and input, and what macOS, Windows and an installer add by themselves.
 */
const USUAL =
  /^--?(updated|force-run|(no|disable-setuid|disable-gpu)-sandbox|disable-(gpu(-compositing)?|dev-shm-usage|software-rasterizer|smooth-scrolling)|(ozone-platform(-hint)?|use-(gl|angle)|force-(device-scale-factor|color-profile|renderer-accessibility)|high-dpi-support|lang|class|gtk-version|enable-wayland-ime|wayland-text-input-version)(=.*)?|(en|dis)able-features=((Wayland|UseOzone|Vaapi|GlobalShortcuts)\w*(,|$))+|psn_\w+|(NS|Apple)\w+|Embedding|ToastActivated)$/

/**
 * Returns the first switch in a call that is not known to be harmless; null for none. Chromium has hundreds: some turn
 * certificates off, others write keys and traffic into files or let other programs read the pages, and new ones come
 * with every version. Electron has no fuse for them.
 */
export function unusualSwitch(argv: readonly string[], platform: NodeJS.Platform): string | null {
  const isSwitch = platform === 'win32' ? /^[-/]/ : /^-/
  return (
    argv
      .slice(1)
      .find((arg) => isSwitch.test(arg) && !OWN.has(arg) && !USUAL.test(arg))
      ?.replace(/=.*/s, '') ?? null
  )
}
