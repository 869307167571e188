import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { accountAt, focusCard } from '../card/cards.ts'

/**
 * Restores the focus of an element that lost it because the order of `names` changed, and scrolls it into view.
 * The focus of a removed card goes to the card in its place.
 * @param names the accounts' names, one per line
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
    // Not `focusout`, because the browser also fires it when an element is moved.
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
