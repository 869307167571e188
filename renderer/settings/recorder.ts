import { accelerator, isShortcutKey, type Modifier } from '../../electron/contract/settings-limits.ts'
import type { SettingsView } from '../../electron/contract/settings.ts'

/** Describes a key press, as a page's `KeyboardEvent` reports it. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/** Describes the keys pressed so far: only modifiers, a complete shortcut, or a key that no shortcut can have. */
export type RecordedKeys =
  | { readonly kind: 'modifiers'; readonly words: string }
  | { readonly kind: 'shortcut'; readonly shortcut: string; readonly words: string }
  | { readonly kind: 'unusable' }

type Platform = SettingsView['platform']

const modifierKeys = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS'])

/** Electron's names by physical key, for keys whose `key` changes with the held modifiers. */
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

/** Returns Electron's name for the pressed key; empty for none. */
function keyName({ key, code }: Press): string {
  // Electron's names do not distinguish the keypad's digits from the others.
  if (code.startsWith('Numpad')) return ''
  if (/^[a-z\d]$/i.test(key)) return key.toUpperCase()
  return byCode[code] ?? code.replace(/^(Key|Digit)/, '')
}

/** Interprets a key press while a shortcut is being recorded. */
export function recordPress(press: Press, platform: Platform): RecordedKeys {
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

/** Returns a shortcut in the keyboard's own labels: "Ctrl + Alt + T", on macOS "⌃⌥T". */
export const shortcutWords = (shortcut: string, platform: Platform): string =>
  shortcut
    .split('+')
    .map((part) => names[platform][part] ?? part)
    .join(platform === 'darwin' ? '' : ' + ')
