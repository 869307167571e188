/** Returns the cards on the page, in their order. */
export const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-account]')]

/** Returns the name of the account whose card contains an element; null for none. */
export const accountAt = (element: Element | null): string | null =>
  element?.closest<HTMLElement>('[data-account]')?.dataset['account'] ?? null

export function focusCard(name: string): void {
  const card = cards().find((element) => element.dataset['account'] === name)
  card?.focus()
  card?.scrollIntoView({ block: 'nearest' })
}
