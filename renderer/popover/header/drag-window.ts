import type { PointerEvent } from 'react'

/**
 * Moves the window while the user drags an element that is no button. A drag by the system itself would take the
 * keyboard, and without it the popover hides.
 */
export function dragWindow(
  { target, currentTarget, button, pointerId, screenX, screenY }: PointerEvent<HTMLElement>,
  move: (dx: number, dy: number) => void,
): void {
  if (button !== 0 || (target instanceof Element && target.closest('button, input') !== null)) return
  let last = { screenX, screenY }
  currentTarget.setPointerCapture(pointerId)
  currentTarget.onpointermove = (event) => {
    move(event.screenX - last.screenX, event.screenY - last.screenY)
    last = event
  }
  currentTarget.onlostpointercapture = () => {
    currentTarget.onpointermove = null
  }
}
