/** Returns the cards on the page, in their order. */
export const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-account]')]

/** Returns the name of the account whose card contains an element; null for none. */
export const accountAt = (element: Element | null): string | null =>
  element?.closest<HTMLElement>('[data-account]')?.dataset['account'] ?? null

/** Focuses an account's card and scrolls it into view. */
export function focusCard(name: string): void {
  const card = cards().find((element) => element.dataset['account'] === name)
  if (card === undefined) return
  card.focus()
  keepInView(card)
}

/** What ends keeping a card in view: the user takes over. */
const byHand = ['wheel', 'pointerdown', 'keydown'] as const
let release = (): void => undefined

/** Keeps a card in view while the cards before it still grow, as they do when they first come into view. */
function keepInView(card: HTMLElement): void {
  release()
  const scroll = (): void => {
    card.scrollIntoView({ block: 'nearest' })
  }
  scroll()
  const observer = new ResizeObserver(scroll)
  for (const element of [card, card.parentElement, card.closest('main')])
    if (element) observer.observe(element)
  release = () => {
    observer.disconnect()
    for (const event of byHand) removeEventListener(event, release, true)
  }
  for (const event of byHand) addEventListener(event, release, true)
}
