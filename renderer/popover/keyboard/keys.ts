/** What a key means, worked out from plain values so that it can be told without a page. */

export interface KeyPress {
  key: string
  /** Ctrl or Meta is held. */
  ctrl: boolean
  alt: boolean
  /** Held down; a copy or a login must not repeat. */
  repeat: boolean
}

export interface Where {
  /** Of the accounts that are shown, in their order. */
  names: readonly string[]
  /** The account whose card has the focus. */
  focused: string | null
  /** The focus is on a button or an input, which keeps Enter and Space for itself. */
  onControl: boolean
  /** The focus is in an input: letters are typed there. */
  typing: boolean
  /** There is an input to find an account; and something is typed in it. */
  searchable: boolean
  searching: boolean
}

export type Command =
  | { do: 'hide' | 'search' | 'clearSearch' }
  | { do: 'focus' | 'copyToken' | 'copyCode' | 'login'; name: string }
  | { do: 'move'; name: string; step: -1 | 1 }

function go(where: Where, step: 1 | -1): Command | null {
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

/** Two keys together; any but these belong to the system. */
function chord({ key, ctrl, alt }: KeyPress, { searchable, focused, typing }: Where): Command | null {
  if (ctrl && !alt && key.toLowerCase() === 'f' && searchable) return { do: 'search' }
  const step = steps.get(key)
  if (!alt || ctrl || step === undefined || focused === null || typing) return null
  return { do: 'move', name: focused, step }
}

/** What a key does where it was pressed; null when it is none of ours. */
export function commandFor(press: KeyPress, where: Where): Command | null {
  if (press.ctrl || press.alt) return chord(press, where)
  if (press.key === 'Escape') return { do: where.searching ? 'clearSearch' : 'hide' }
  if (press.key === '/' && where.searchable && !where.typing) return { do: 'search' }
  const step = steps.get(press.key)
  if (step !== undefined) return go(where, step)
  const verb = verbs.get(press.key)
  if (verb === undefined || press.repeat || where.typing) return null
  if (press.key === 'Enter' && where.onControl) return null
  // With several accounts and none chosen, the first press chooses, so that nobody copies one unseen.
  const only = where.names.length === 1 ? where.names[0] : undefined
  const name = where.focused ?? only
  return name === undefined ? go(where, 1) : { do: verb, name }
}
