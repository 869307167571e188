import { cards } from './card/cards.ts'
import type { Move } from './store/order.ts'

/** How far the pointer may move before a press becomes a drag, CSS pixels. */
const DRAG_THRESHOLD = 4
/** The distance from the list's edge at which a drag scrolls it, and the step per frame, CSS pixels. */
const EDGE = 40
const SCROLL_STEP = 8

/** Describes a pointer that was pressed. */
export interface Pressed {
  readonly pointerId: number
  readonly clientY: number
}

/**
 * Follows a pointer that was pressed on a card until its release, and reports where the card was dropped. Escape
 * cancels the drag. It marks the elements directly, so that the page does not render during the drag.
 */
export function drag(card: HTMLElement, pressed: Pressed, drop: (move: Move) => void): void {
  const scroller = card.closest<HTMLElement>('main')
  const name = card.dataset['account'] ?? ''
  const startTop = scroller?.scrollTop ?? 0
  let y = pressed.clientY
  let dragging = false
  let before: HTMLElement | null = null
  let frame = 0

  const others = cards().filter((other) => other !== card)
  const unmark = (): void => {
    for (const other of others) delete other.dataset['drop']
  }
  const show = (): void => {
    const scrolled = (scroller?.scrollTop ?? 0) - startTop
    card.style.setProperty('--dragged', `${y - pressed.clientY + scrolled}px`)
    before = others.find((other) => y < middle(other)) ?? null
    unmark()
    if (before !== null) before.dataset['drop'] = 'before'
    else others.at(-1)?.setAttribute('data-drop', 'after')
  }
  const scrollOn = (): void => {
    if (scroller !== null) {
      const { top, bottom } = scroller.getBoundingClientRect()
      const step = y < top + EDGE ? -SCROLL_STEP : y > bottom - EDGE ? SCROLL_STEP : 0
      if (step !== 0) {
        scroller.scrollBy(0, step)
        show()
      }
    }
    frame = requestAnimationFrame(scrollOn)
  }
  const move = (event: PointerEvent): void => {
    y = event.clientY
    if (!dragging) {
      if (Math.abs(y - pressed.clientY) < DRAG_THRESHOLD) return
      dragging = true
      card.dataset['dragging'] = 'true'
      scrollOn()
    }
    show()
  }
  const end = (): void => {
    cancelAnimationFrame(frame)
    unmark()
    delete card.dataset['dragging']
    card.style.removeProperty('--dragged')
    controller.abort()
  }
  const release = (): void => {
    end()
    const follower = cards()[cards().indexOf(card) + 1] ?? null
    if (dragging && before !== follower) drop({ name, before: before?.dataset['account'] ?? null })
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end()
  }

  const controller = new AbortController()
  const { signal } = controller
  card.addEventListener('pointermove', move, { signal })
  card.addEventListener('pointerup', release, { signal })
  card.addEventListener('pointercancel', end, { signal })
  document.addEventListener('keydown', key, { signal, capture: true })
  try {
    card.setPointerCapture(pressed.pointerId)
  } catch {
    // The pointer was already released.
    end()
  }
}

function middle(element: HTMLElement): number {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}
