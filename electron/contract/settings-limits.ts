/** What settings have to keep to, for the page that tells it while typing and for the main process that decides. */

/** s */
export const clipboardLimits = { min: 5, max: 120 } as const

/** Whether a text is a time of day as `HH:MM`. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** What is said of a text that is none, after the name of its input. */
export const timeOfDayFault = 'needs hours and minutes, such as 08:30'

/** In the order in which they are written. */
const modifiers = ['Control', 'Alt', 'Shift', 'Super', 'Command'] as const
export type Modifier = (typeof modifiers)[number]

const functionKey = /^F([1-9]|1\d|2[0-4])$/
const otherKey = /^([A-Z\d]|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete|[,./;'[\]\\=`-])$/

/** Whether a key may be the last part of a shortcut, by Electron's name for it. */
export const isShortcutKey = (key: string): boolean => functionKey.test(key) || otherKey.test(key)

/** An accelerator in one spelling: "Control+Alt+T" (https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts). */
export function accelerator(held: ReadonlySet<Modifier>, key: string): string {
  return [...modifiers.filter((modifier) => held.has(modifier)), key].join('+')
}

/** Why a shortcut won't do; null when it will. */
export function shortcutFault(shortcut: string): string | null {
  const parts = shortcut.split('+')
  const key = parts.pop() ?? ''
  const held = new Set(modifiers.filter((modifier) => parts.includes(modifier)))
  if (!isShortcutKey(key) || accelerator(held, key) !== shortcut)
    return 'This is not a shortcut TokenTray can use.'
  if (functionKey.test(key)) return null
  // Copy, paste and the like would be lost in every other program.
  const [first, second] = held
  const alone = second === undefined && first !== 'Alt' && first !== 'Super'
  return alone ? 'Other programs need this one. Hold two keys with it, such as Ctrl and Alt.' : null
}

/** Whether a text is an accelerator that may be used from anywhere. */
export const isAccelerator = (text: string): boolean => shortcutFault(text) === null
