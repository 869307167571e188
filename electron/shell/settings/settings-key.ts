/** A key press, as Electron's `before-input-event` tells of it. */
export interface KeyInput {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly isAutoRepeat: boolean
}

/** Whether this is the key that opens the settings of most programs: Ctrl+, and on macOS ⌘,. */
export function isSettingsKey(input: KeyInput, platform: NodeJS.Platform): boolean {
  const { type, key, control, meta, alt, shift, isAutoRepeat } = input
  if (type !== 'keyDown' || key !== ',' || isAutoRepeat || alt || shift) return false
  return platform === 'darwin' ? meta && !control : control && !meta
}
