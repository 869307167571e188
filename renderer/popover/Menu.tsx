import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { classes } from '../shared/classes.ts'
import { cssVars } from '../shared/css-vars.ts'
import { useActions } from './store/ActionsContext.ts'
import { useWhenHidden } from './useWhenHidden.ts'
import css from './Menu.module.css'

/** A choice of a menu: an action, or a further menu. */
export interface MenuItem {
  readonly words: string
  readonly run?: () => unknown
  readonly open?: SubMenu
  readonly danger?: boolean
}

/** A menu that takes the place of the one that it was opened from. */
export interface SubMenu {
  /** The question or the choice; it stands first. */
  readonly title: string
  readonly items: readonly MenuItem[]
}

interface MenuProps {
  label: string
  items: readonly MenuItem[]
  /** The corner at which it opens, CSS pixels: its right edge and its top. */
  at: { readonly x: number; readonly y: number }
  close: () => void
}

/** The distance from the window's edges, CSS pixels. */
const EDGE = 8

/** Shows a menu above the page. Arrows move, Enter and → choose, ← and Esc lead back. */
export function Menu({ label, items, at, close }: MenuProps) {
  const actions = useActions()
  const menu = useRef<HTMLDivElement>(null)
  const [sub, setSub] = useState<SubMenu | null>(null)
  useWhenHidden(close)
  useLayoutEffect(() => {
    const element = menu.current
    if (element === null) return
    element.style.setProperty('--h', `${element.offsetHeight}px`)
    buttonsOf(element)[0]?.focus()
    const [before, wanted] = [innerHeight, element.scrollHeight + 2 * EDGE]
    // A window with one account is lower than its menu.
    if (wanted <= before) return
    actions.fit(wanted)
    return () => {
      actions.fit(before)
    }
  }, [sub, actions])

  const asks = sub?.items.some(({ danger }) => danger === true) === true
  useEffect(() => {
    if (!asks) return
    actions.hold(true)
    return () => {
      actions.hold(false)
    }
  }, [asks, actions])

  const choose = ({ open, run }: MenuItem): void => {
    if (open !== undefined) setSub(open)
    else {
      close()
      run?.()
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // No key of the page acts below an open menu.
    event.stopPropagation()
    const back = event.key === 'Escape' || event.key === 'ArrowLeft'
    if (back && sub !== null) setSub(null)
    else if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (!moveFocus(event)) return
    event.preventDefault()
  }
  return createPortal(
    <div
      className={css['backdrop']}
      onPointerDown={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <div
        ref={menu}
        className={css['menu']}
        role="menu"
        aria-label={sub?.title ?? label}
        style={cssVars({ '--x': `${at.x}px`, '--y': `${at.y}px` })}
        onKeyDown={onKeyDown}
      >
        {sub !== null && <p className={css['title']}>{sub.title}</p>}
        {(sub?.items ?? items).map((item) => (
          <button
            key={item.words}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={classes(css['item'], item.danger === true ? css['danger'] : undefined)}
            aria-haspopup={item.open !== undefined}
            onPointerMove={({ currentTarget }) => {
              currentTarget.focus()
            }}
            onClick={() => {
              choose(item)
            }}
          >
            {item.words}
          </button>
        ))}
      </div>
    </div>,
    document.querySelector('main') ?? document.body,
  )
}

const buttonsOf = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')]

/** Moves the focus as a key says; a letter goes to the next item that begins with it. Returns whether it did. */
function moveFocus({ key, currentTarget }: KeyboardEvent): boolean {
  const all = buttonsOf(currentTarget)
  const at = all.findIndex((item) => item === document.activeElement)
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)]
  const places: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: after[0],
    ArrowUp: all.at(at - 1),
    Home: all[0],
    End: all.at(-1),
  }
  if (key === 'ArrowRight') {
    const here = all[at]
    if (here?.getAttribute('aria-haspopup') === 'true') here.click()
    return true
  }
  const starts = (item: HTMLElement): boolean => item.textContent.toLowerCase().startsWith(key.toLowerCase())
  const to = places[key] ?? (key.length === 1 && key !== ' ' ? after.find(starts) : undefined)
  to?.focus()
  return to !== undefined
}
