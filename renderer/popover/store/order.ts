/** Describes a move of an account in the list. */
export interface Move {
  readonly name: string
  /** The account that it is placed before; null for the end. */
  readonly before: string | null
}

/**
 * Returns the move of an account by one place among the shown accounts; null at the ends.
 * @param names all accounts in their order
 * @param shown the accounts that a search has found
 * @param step -1 for up, 1 for down
 */
export function moveBy(
  names: readonly string[],
  shown: readonly string[],
  name: string,
  step: -1 | 1,
): Move | null {
  const neighbour = shown[shown.indexOf(name) + step]
  if (!shown.includes(name) || neighbour === undefined) return null
  return { name, before: step === -1 ? neighbour : (names[names.indexOf(neighbour) + 1] ?? null) }
}

/** Returns the place in the list after a move, counted from 1. */
export function placeAfter(names: readonly string[], { name, before }: Move): number {
  const others = names.filter((other) => other !== name)
  return (before === null ? others.length : others.indexOf(before)) + 1
}
