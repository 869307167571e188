/** The arguments with which the system starts TokenTray at login. */
export const startFlags = { hidden: '--hidden', open: '--open' } as const

/** The argument with which an installer has the running TokenTray quit, and starts none. */
const QUIT = '--quit'

export interface StartFacts {
  readonly argv: readonly string[]
  /** True for a start at login on macOS; elsewhere the flags tell it. */
  readonly openedAtLogin: boolean
  readonly startHidden: boolean
  readonly hasTray: boolean
}

/**
 * Returns what a start shows: the popover, unless the start is to be hidden. Without a tray a hidden start shows a
 * minimised window, because the running app could not be found otherwise.
 */
export function startMode(facts: StartFacts): 'nothing' | 'minimised' | 'popover' {
  const { argv, openedAtLogin, startHidden, hasTray } = facts
  if (!isHiddenStart(argv) && !(openedAtLogin && startHidden)) return 'popover'
  return hasTray ? 'nothing' : 'minimised'
}

/** Returns whether a start, perhaps of a second process, is a hidden one at login and not the user's own. */
export const isHiddenStart = (argv: readonly string[]): boolean => argv.includes(startFlags.hidden)

/** Returns whether a start, perhaps of a second process, asks the app to quit. */
export const isQuitRequest = (argv: readonly string[]): boolean => argv.includes(QUIT)
