import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { accountAt, focusCard } from '../card/cards.ts'

/**
 * An element that is moved to another place in the page loses the focus. This gives it back, and keeps the element
 * in sight, when the order of `names` has changed. The focus of a card that is gone goes to the one in its place.
 * @param names of the accounts, one a line
 */
export function useKeepPlace(list: RefObject<HTMLElement | null>, names: string): void {
  const last = useRef<HTMLElement | null>(null)
  const before = useRef(names)
  useEffect(() => {
    const element = list.current
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) last.current = target
    }
    const forget = (): void => {
      last.current = null
    }
    element?.addEventListener('focusin', remember)
    // Not `focusout`: the browser sends that too when it moves the element.
    document.addEventListener('pointerdown', forget)
    return () => {
      element?.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', forget)
    }
  }, [list])
  useLayoutEffect(() => {
    const [earlier, now] = [before.current.split('\n'), names.split('\n')]
    before.current = names
    const element = last.current
    if (element === null || document.activeElement !== document.body) return
    if (element.isConnected) {
      element.focus()
      element.scrollIntoView({ block: 'nearest' })
      return
    }
    const name = accountAt(element)
    if (name === null || now.includes(name)) return
    const inItsPlace = now[Math.min(earlier.indexOf(name), now.length - 1)]
    if (inItsPlace !== undefined) focusCard(inItsPlace)
  }, [names])
}
