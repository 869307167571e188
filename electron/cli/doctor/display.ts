export interface DisplayFacts {
  /** The values of `DISPLAY` and `WAYLAND_DISPLAY`; null when not set. */
  readonly x11: string | null
  readonly wayland: string | null
}

/** Reads the display servers that the environment names. */
export function displayFacts(env: NodeJS.ProcessEnv): DisplayFacts {
  return { x11: setIn(env, 'DISPLAY'), wayland: setIn(env, 'WAYLAND_DISPLAY') }
}

const setIn = (env: NodeJS.ProcessEnv, name: string): string | null =>
  env[name] === '' ? null : (env[name] ?? null)

export function displayLine({ x11, wayland }: DisplayFacts, platform = process.platform): string {
  if (platform !== 'linux') return 'the system’s own'
  const found = [...(wayland === null ? [] : [`Wayland ${wayland}`]), ...(x11 === null ? [] : [`X11 ${x11}`])]
  return found.length > 0
    ? found.join(', ')
    : 'none, so no tray app; “tokentray watch” shows the accounts here'
}

/** @param host whether something shows tray icons; null when not known */
export function trayLine(host: boolean | null): string {
  if (host === null)
    return 'not known: there is no session bus that could be asked, or nothing to ask it with'
  if (host) return 'yes'
  return 'no, so the app opens as a window; on GNOME the extension “AppIndicator and KStatusNotifierItem Support” shows icons'
}
