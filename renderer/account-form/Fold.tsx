import { useLayoutEffect, useRef, type ReactNode } from 'react'
import css from './Fold.module.css'

interface FoldProps {
  summary: ReactNode
  /** Whether its content has to be visible. */
  forceOpen: boolean
  children: ReactNode
}

/**
 * Shows a part that is folded until the user opens it. It unfolds by itself with `forceOpen`. It never folds by itself,
 * because that would hide a just corrected input together with the focus.
 */
export function Fold({ summary, forceOpen, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null)
  useLayoutEffect(() => {
    if (forceOpen) details.current?.setAttribute('open', '')
  }, [forceOpen])
  return (
    <details className={css['fold']} ref={details}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
