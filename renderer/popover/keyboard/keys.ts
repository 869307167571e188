/** Maps key presses to commands with plain values, so that tests need no page. */

export interface KeyPress {
  key: string
  /** Whether Ctrl or Meta is held. */
  ctrl: boolean
  alt: boolean
  /** Whether the key repeats while held; a copy or a login must not repeat. */
  repeat: boolean
}

export interface Where {
  /** The names of the shown accounts, in their order. */
  names: readonly string[]
  /** The account whose card has the focus. */
  focused: string | null
  /** Whether the focus is on a control, which handles Enter and Space itself. */
  onControl: boolean
  /** Whether the focus is in an input, which receives letters. */
  typing: boolean
  /** Whether the page has a search input, and whether it contains text. */
  searchable: boolean
  searching: boolean
}

export type Command =
  | { do: 'hide' | 'search' | 'clearSearch' }
  | { do: 'focus' | 'copyToken' | 'copyCode' | 'login'; name: string }
  | { do: 'move'; name: string; step: -1 | 1 }

function focusBy(where: Where, step: 1 | -1): Command | null {
  const at = where.focused === null ? -1 : where.names.indexOf(where.focused)
  const last = where.names.length - 1
  const to = at === -1 ? (step === 1 ? 0 : last) : Math.min(last, Math.max(0, at + step))
  const name = where.names[to]
  return name === undefined ? null : { do: 'focus', name }
}

const verbs: ReadonlyMap<string, 'copyToken' | 'copyCode' | 'login'> = new Map([
  ['Enter', 'copyToken'],
  ['c', 'copyCode'],
  ['C', 'copyCode'],
  ['l', 'login'],
  ['L', 'login'],
])

const steps: ReadonlyMap<string, -1 | 1> = new Map([
  ['ArrowUp', -1],
  ['ArrowDown', 1],
])

/** Returns the command of a key with Ctrl or Alt; all other combinations belong to the system. */
function chord({ key, ctrl, alt }: KeyPress, { searchable, focused, typing }: Where): Command | null {
  if (ctrl && !alt && key.toLowerCase() === 'f' && searchable) return { do: 'search' }
  const step = steps.get(key)
  if (!alt || ctrl || step === undefined || focused === null || typing) return null
  return { do: 'move', name: focused, step }
}

/** Returns the command of a key press; null when the page does not handle it. */
export function commandFor(press: KeyPress, where: Where): Command | null {
  if (press.ctrl || press.alt) return chord(press, where)
  if (press.key === 'Escape') return { do: where.searching ? 'clearSearch' : 'hide' }
  if (press.key === '/' && where.searchable && !where.typing) return { do: 'search' }
  const step = steps.get(press.key)
  if (step !== undefined) return focusBy(where, step)
  const verb = verbs.get(press.key)
  if (verb === undefined || press.repeat || where.typing) return null
  if (press.key === 'Enter' && where.onControl) return null
  // With several accounts and none focused, the first press only focuses, so that no unseen account is copied.
  const only = where.names.length === 1 ? where.names[0] : undefined
  const name = where.focused ?? only
  return name === undefined ? focusBy(where, 1) : { do: verb, name }
}
