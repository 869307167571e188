/** A key of the terminal mode: a character, or one of these. */
export type Key =
  | { readonly name: 'up' | 'down' | 'enter' | 'escape' | 'backspace' | 'interrupt' }
  | { readonly name: 'character'; readonly character: string }

/** Translates a key of `node:readline`; null for keys without a meaning here. */
export function readKey(character: string | undefined, name: string | undefined, ctrl: boolean): Key | null {
  if (ctrl) return name === 'c' || name === 'd' ? { name: 'interrupt' } : null
  if (name === 'up' || name === 'down' || name === 'escape' || name === 'backspace') return { name }
  if (name === 'return' || name === 'enter') return { name: 'enter' }
  return character !== undefined && /^[\x20-\x7e]$/.test(character) ? { name: 'character', character } : null
}
