export interface OwnProgramFacts {
  readonly env: NodeJS.ProcessEnv
  /** The path of Electron, or of the packaged app. */
  readonly execPath: string
  readonly isPackaged: boolean
  /** The checkout's path, used when the app is not packaged. */
  readonly appPath: string
  /** Whether `--no-sandbox` was given, which root needs. */
  readonly withoutSandbox: boolean
}

/** Returns the command that starts this TokenTray again: an executable's absolute path, and its arguments. */
export function ownProgram(facts: OwnProgramFacts): [string, ...string[]] {
  const { env, execPath, isPackaged, appPath, withoutSandbox } = facts
  const flags = withoutSandbox ? ['--no-sandbox'] : []
  if (!isPackaged) return [execPath, ...flags, appPath]
  return [appImage(env, execPath) ?? execPath, ...flags]
}

/**
 * Returns the path of the running AppImage, whose contents are gone after it ends
 * (https://docs.appimage.org/packaging-guide/environment-variables.html). The variables may belong
 * to another AppImage that started this program, such as an editor with a terminal.
 */
function appImage(env: NodeJS.ProcessEnv, execPath: string): string | null {
  const file = env['APPIMAGE'] ?? ''
  const mountedAt = env['APPDIR'] ?? ''
  return file !== '' && mountedAt !== '' && execPath.startsWith(`${mountedAt}/`) ? file : null
}
