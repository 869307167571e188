import { useLayoutEffect, useRef, type ReactNode } from 'react'

interface FoldProps {
  summary: ReactNode
  /** Whether something in it has to be seen. */
  wanted: boolean
  children: ReactNode
}

/**
 * A part that is folded away until somebody wants it. It unfolds by itself and never folds up by itself: the input
 * in which one has just put something right would go, and the keyboard with it.
 */
export function Fold({ summary, wanted, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null)
  useLayoutEffect(() => {
    if (wanted) details.current?.setAttribute('open', '')
  }, [wanted])
  return (
    <details ref={details}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
