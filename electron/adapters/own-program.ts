export interface OwnProgramFacts {
  readonly env: NodeJS.ProcessEnv
  /** Electron, or the packaged app. */
  readonly execPath: string
  readonly isPackaged: boolean
  /** The checkout, for one that is not packaged. */
  readonly appPath: string
  /** Chromium's sandbox was refused on the command line, which root can't do without. */
  readonly withoutSandbox: boolean
}

/** What would start this very TokenTray again: an executable by its whole path and the arguments that go with it. */
export function ownProgram(facts: OwnProgramFacts): [string, ...string[]] {
  const { env, execPath, isPackaged, appPath, withoutSandbox } = facts
  const flags = withoutSandbox ? ['--no-sandbox'] : []
  if (!isPackaged) return [execPath, ...flags, appPath]
  return [appImage(env, execPath) ?? execPath, ...flags]
}

/**
 * The AppImage that we are running out of; its contents are gone after it ends
 * (https://docs.appimage.org/packaging-guide/environment-variables.html). The variables may also be those of another
 * AppImage that we were started from, such as an editor with a terminal.
 */
function appImage(env: NodeJS.ProcessEnv, execPath: string): string | null {
  const file = env['APPIMAGE'] ?? ''
  const mountedAt = env['APPDIR'] ?? ''
  return file !== '' && mountedAt !== '' && execPath.startsWith(`${mountedAt}/`) ? file : null
}
