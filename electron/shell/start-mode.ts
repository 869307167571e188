/**
 * The app's own arguments: the system starts it hidden or open at login, and an installer has the running one quit and
 * starts none.
 */
export const startFlags = { hidden: '--hidden', open: '--open', quit: '--quit' } as const

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
export const isQuitRequest = (argv: readonly string[]): boolean => argv.includes(startFlags.quit)
