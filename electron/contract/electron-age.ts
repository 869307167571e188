/** Electron releases a major every eight weeks (https://www.electronjs.org/docs/latest/tutorial/electron-timelines). */
const WEEKS_PER_MAJOR = 8
const WEEKS_PER_MONTH = 4.345

/** Returns in words how much older an Electron is than the pinned one, estimated from the release rhythm offline. */
export function electronAge(running: string, pinned: string): string {
  const majors = Number.parseInt(pinned, 10) - Number.parseInt(running, 10)
  if (majors <= 0) return `no older than ${pinned}`
  return `about ${Math.round((majors * WEEKS_PER_MAJOR) / WEEKS_PER_MONTH)} months older than ${pinned}`
}

/** Electron supports this many of its newest majors (https://www.electronjs.org/docs/latest/tutorial/electron-timelines). */
const SUPPORTED_MAJORS = 3

/**
 * Returns the oldest major that was supported when TokenTray was made with `pinned`, if `running` is older; null
 * otherwise. Compares it only with the pinned version, because it must not use the network.
 */
export function oldElectron(running: string, pinned: string): number | null {
  const oldest = Number.parseInt(pinned, 10) - SUPPORTED_MAJORS + 1
  return Number.parseInt(running, 10) < oldest ? oldest : null
}
