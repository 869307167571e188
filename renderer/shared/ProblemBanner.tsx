import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

interface Words {
  message: string
  next: string
}

/** Shows a problem that concerns the whole page rather than one account. */
export function ProblemBanner({ problem, children }: { problem: Words; children?: ReactNode }) {
  return (
    <div className="banner" data-tone="bad" role="alert">
      <Icon shape="bang" />
      <p>
        <strong>{problem.message}</strong> {problem.next}
      </p>
      {children}
    </div>
  )
}
