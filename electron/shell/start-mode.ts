/** What the system is told to start TokenTray with at login. */
export const startFlags = { hidden: '--hidden', open: '--open' } as const

export interface StartFacts {
  readonly argv: readonly string[]
  /** macOS says so itself; elsewhere the flags do. */
  readonly openedAtLogin: boolean
  readonly startHidden: boolean
  readonly hasTray: boolean
  readonly hasAccounts: boolean
}

/**
 * What is seen after a start. Without a tray the window is the only way in: a hidden start leaves it minimised, in the
 * list of windows, in place of an app that runs and can't be found.
 */
export function startMode(facts: StartFacts): 'nothing' | 'minimised' | 'popover' {
  const { argv, openedAtLogin, startHidden, hasTray, hasAccounts } = facts
  if (isHiddenStart(argv) || (openedAtLogin && startHidden)) return hasTray ? 'nothing' : 'minimised'
  const asked = argv.includes(startFlags.open) || openedAtLogin
  return asked || !hasTray || !hasAccounts ? 'popover' : 'nothing'
}

/** Whether a start, perhaps of a second process, is the one at login and not the user's own. */
export const isHiddenStart = (argv: readonly string[]): boolean => argv.includes(startFlags.hidden)
