/** The cards on the page, in their order. */
export const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-account]')]

/** The name of the account whose card this element is on. */
export const accountAt = (element: Element | null): string | null =>
  element?.closest<HTMLElement>('[data-account]')?.dataset['account'] ?? null

export function focusCard(name: string): void {
  const card = cards().find((element) => element.dataset['account'] === name)
  card?.focus()
  card?.scrollIntoView({ block: 'nearest' })
}
