/** Describes a key press, as Electron's `before-input-event` reports it. */
export interface KeyInput {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly isAutoRepeat: boolean
}

/** Returns whether a key press is the usual shortcut of settings: Ctrl+, and on macOS ⌘,. */
export function isSettingsKey(input: KeyInput, platform: NodeJS.Platform): boolean {
  const { type, key, control, meta, alt, shift, isAutoRepeat } = input
  if (type !== 'keyDown' || key !== ',' || isAutoRepeat || alt || shift) return false
  return platform === 'darwin' ? meta && !control : control && !meta
}
