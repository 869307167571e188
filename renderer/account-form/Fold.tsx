import { useLayoutEffect, useRef, type ReactNode } from 'react'

interface FoldProps {
  summary: ReactNode
  /** Whether its content has to be visible. */
  wanted: boolean
  children: ReactNode
}

/**
 * Shows a part that is folded until the user opens it. It unfolds by itself when wanted. It never folds by itself,
 * because that would hide a just corrected input together with the focus.
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
