/** Where an account has to be put to come one place up or down among those that are shown. */
export interface Move {
  readonly name: string
  /** The account that it comes to stand before; null for the end. */
  readonly before: string | null
}

/**
 * @param names of all accounts in their order
 * @param shown those of them that a search has found
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

/** The place in the list that a move leads to, counted from 1. */
export function placeAfter(names: readonly string[], { name, before }: Move): number {
  const others = names.filter((other) => other !== name)
  return (before === null ? others.length : others.indexOf(before)) + 1
}
