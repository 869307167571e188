/** Maps key presses to commands with plain values, so that tests need no page. */

export interface KeyPress {
  key: string
  /** Whether Ctrl or Meta is held. */
  ctrl: boolean
  alt: boolean
  shift: boolean
  /** Whether the key repeats while held; a copy or a login must not repeat. */
  repeat: boolean
}

export interface Where {
  /** The names of the shown accounts, in their order. */
  names: readonly string[]
  /** The account whose card has the focus. */
  focused: string | null
  /** The account that is marked, on which a key acts while no card has the focus. */
  selected: string | null
  /** Whether the focus is on a control, which handles Enter and Space itself. */
  onControl: boolean
  /** Where letters go: to the search, to another input, or nowhere yet. */
  typing: 'search' | 'input' | null
  /** Whether text is marked, which Ctrl+C copies. */
  marked: boolean
  /** Whether the page can be searched, and whether a search or a filter is on. */
  searchable: boolean
  searching: boolean
}

export type Command =
  | { do: 'hide' | 'search' | 'clearSearch' | 'type' }
  | { do: 'focus' | 'copyCode' | 'login'; name: string }
  /** `stays`: the popover stays open. */
  | { do: 'copyToken'; name: string; stays: boolean }
  | { do: 'move'; name: string; step: -1 | 1 }

/** The account that a key acts on. */
const target = ({ focused, selected }: Where): string | null => focused ?? selected

function focusBy(where: Where, step: 1 | -1): Command | null {
  const from = target(where)
  const at = from === null ? -1 : where.names.indexOf(from)
  const last = where.names.length - 1
  const to = at === -1 ? (step === 1 ? 0 : last) : Math.min(last, Math.max(0, at + step))
  const name = where.names[to]
  return name === undefined ? null : { do: 'focus', name }
}

const steps: ReadonlyMap<string, -1 | 1> = new Map([
  ['ArrowUp', -1],
  ['ArrowDown', 1],
])

/** Returns the command of a key with Ctrl or Alt; all other combinations belong to the system. */
function chord({ key, ctrl, alt, repeat }: KeyPress, where: Where): Command | null {
  const { searchable, focused, typing, marked, names } = where
  if (ctrl && !alt) {
    if (key.toLowerCase() === 'f' && searchable) return { do: 'search' }
    const nth = /^[1-9]$/.test(key) ? names[Number(key) - 1] : undefined
    const name = target(where)
    if (repeat) return null
    if (nth !== undefined) return { do: 'copyToken', name: nth, stays: false }
    if (name === null || typing === 'input') return null
    if (key.toLowerCase() === 'c' && !marked) return { do: 'copyCode', name }
    return key.toLowerCase() === 'l' ? { do: 'login', name } : null
  }
  const step = steps.get(key)
  if (ctrl || step === undefined || focused === null || typing !== null) return null
  return { do: 'move', name: focused, step }
}

/** Returns the command of a key press; null when the page does not handle it. */
export function commandFor(press: KeyPress, where: Where): Command | null {
  const { key, shift, repeat } = press
  if (press.ctrl || press.alt) return chord(press, where)
  if (key === 'Escape') return { do: where.searching ? 'clearSearch' : 'hide' }
  const step = steps.get(key)
  if (step !== undefined) return focusBy(where, step)
  const { typing, searchable, onControl } = where
  if (key === 'Enter') {
    const name = target(where)
    if (repeat || name === null || typing === 'input' || (onControl && typing === null)) return null
    return { do: 'copyToken', name, stays: shift }
  }
  if (!searchable || typing !== null || key === ' ') return null
  if (key === '/') return { do: 'search' }
  // A letter: it goes into the search.
  return /^.$/u.test(key) ? { do: 'type' } : null
}
