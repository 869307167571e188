/** What a key means, worked out from plain values so that it can be told without a page. */

export interface KeyPress {
  key: string
  /** Ctrl, Alt or Meta is held: then the key belongs to the system. */
  modified: boolean
  /** Held down; a copy or a login must not repeat. */
  repeat: boolean
}

export interface Where {
  names: readonly string[]
  /** The account whose card has the focus. */
  focused: string | null
  /** The focus is on a button or an input, which keeps Enter and Space for itself. */
  onControl: boolean
  /** The focus is in an input: letters are typed there. */
  typing: boolean
}

export type Command =
  | { do: 'hide' }
  | { do: 'focus'; name: string }
  | { do: 'copyToken'; name: string }
  | { do: 'copyCode'; name: string }
  | { do: 'login'; name: string }

function move(where: Where, step: 1 | -1): Command | null {
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

/** What a key does where it was pressed; null when it is none of ours. */
export function commandFor(press: KeyPress, where: Where): Command | null {
  if (press.modified) return null
  switch (press.key) {
    case 'Escape':
      return { do: 'hide' }
    case 'ArrowDown':
      return move(where, 1)
    case 'ArrowUp':
      return move(where, -1)
  }
  const verb = verbs.get(press.key)
  if (verb === undefined || press.repeat || where.typing) return null
  if (press.key === 'Enter' && where.onControl) return null
  // With several accounts and none chosen, the first press chooses, so that nobody copies one unseen.
  const only = where.names.length === 1 ? where.names[0] : undefined
  const name = where.focused ?? only
  return name === undefined ? move(where, 1) : { do: verb, name }
}
