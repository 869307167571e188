import type { ReactNode } from 'react'
import { Banner } from './Banner.tsx'

interface Words {
  message: string
  next: string
}

/** Shows a problem that concerns the whole page rather than one account. */
export function ProblemBanner({ problem, children }: { problem: Words; children?: ReactNode }) {
  return (
    <Banner tone="bad" role="alert" shape="bang">
      <p>
        <strong>{problem.message}</strong> {problem.next}
      </p>
      {children}
    </Banner>
  )
}
