/** Limits of the settings: the page checks them while the user types, and the main process enforces them. */

/** The fewest and most minutes until TokenTray locks. */
export const lockLimits = { min: 1, max: 240 } as const

/** In seconds. */
export const clipboardLimits = { min: 5, max: 120 } as const

/** The sizes of text in the windows, percent; the user moves between them with Ctrl and + or −. */
export const textSizes = [100, 110, 125, 150, 175, 200] as const

/** Returns whether a text is a time of day as `HH:MM`. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** The error for an invalid time of day; it follows the name of the input. */
export const timeOfDayFault = 'needs hours and minutes, such as 08:30'

/** In the order in which an accelerator names them. */
const modifiers = ['Control', 'Alt', 'Shift', 'Super', 'Command'] as const
export type Modifier = (typeof modifiers)[number]

const functionKey = /^F([1-9]|1\d|2[0-4])$/
const otherKey = /^([A-Z\d]|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete|[,./;'[\]\\=`-])$/

/** Returns whether a key, by Electron's name for it, may be the last part of a shortcut. */
export const isShortcutKey = (key: string): boolean => functionKey.test(key) || otherKey.test(key)

/** Returns an accelerator in one spelling: "Control+Alt+T" (https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts). */
export function accelerator(held: ReadonlySet<Modifier>, key: string): string {
  return [...modifiers.filter((modifier) => held.has(modifier)), key].join('+')
}

/** Returns why a shortcut is refused; null for a valid one. */
export function shortcutFault(shortcut: string): string | null {
  const parts = shortcut.split('+')
  const key = parts.pop() ?? ''
  const held = new Set(modifiers.filter((modifier) => parts.includes(modifier)))
  if (!isShortcutKey(key) || accelerator(held, key) !== shortcut)
    return 'This is not a shortcut TokenTray can use.'
  if (functionKey.test(key)) return null
  // A single modifier would take copy, paste and the like from every other program.
  const [first, second] = held
  const alone = second === undefined && first !== 'Alt' && first !== 'Super'
  return alone ? 'Use a combination, such as Ctrl+Alt+T.' : null
}

/** Returns whether a text is an accelerator that may be a global shortcut. */
export const isAccelerator = (text: string): boolean => shortcutFault(text) === null
