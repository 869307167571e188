import { accelerator, isShortcutKey, type Modifier } from '../../electron/contract/settings-limits.ts'
import type { SettingsView } from '../../electron/contract/settings.ts'

/** A key press, as a page hears it. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/** What has been pressed so far: modifiers alone, a whole shortcut, or a key that none can have. */
export type Heard =
  | { readonly kind: 'modifiers'; readonly words: string }
  | { readonly kind: 'shortcut'; readonly shortcut: string; readonly words: string }
  | { readonly kind: 'unusable' }

type Platform = SettingsView['platform']

const modifierKeys = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS'])

/** By the place on the keyboard, for keys that the held modifiers have turned into something else. */
const byCode: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Equal: '=',
  Minus: '-',
  Backquote: '`',
}

/** Electron's name for the key that was pressed. */
function keyName({ key, code }: Press): string {
  // Electron can't tell the keypad's digits by these names.
  if (code.startsWith('Numpad')) return ''
  if (/^[a-z\d]$/i.test(key)) return key.toUpperCase()
  return byCode[code] ?? code.replace(/^(Key|Digit)/, '')
}

/** What a key press means to somebody who records a shortcut. */
export function hear(press: Press, platform: Platform): Heard {
  const held = new Set<Modifier>()
  if (press.ctrlKey) held.add('Control')
  if (press.altKey) held.add('Alt')
  if (press.shiftKey) held.add('Shift')
  if (press.metaKey) held.add(platform === 'darwin' ? 'Command' : 'Super')
  if (modifierKeys.has(press.key)) {
    return { kind: 'modifiers', words: shortcutWords(accelerator(held, '…'), platform) }
  }
  const key = keyName(press)
  if (!isShortcutKey(key)) return { kind: 'unusable' }
  const shortcut = accelerator(held, key)
  return { kind: 'shortcut', shortcut, words: shortcutWords(shortcut, platform) }
}

const names: Readonly<Record<Platform, Readonly<Partial<Record<string, string>>>>> = {
  darwin: { Control: '⌃', Alt: '⌥', Shift: '⇧', Command: '⌘' },
  win32: { Control: 'Ctrl', Super: 'Windows' },
  linux: { Control: 'Ctrl', Super: 'Super' },
}

/** A shortcut as the keyboard says it: "Ctrl + Alt + T", on macOS "⌃⌥T". */
export const shortcutWords = (shortcut: string, platform: Platform): string =>
  shortcut
    .split('+')
    .map((part) => names[platform][part] ?? part)
    .join(platform === 'darwin' ? '' : ' + ')
