import { Icon } from './Icon.tsx'

interface Words {
  message: string
  next: string
}

/** Something that stands in the way of the whole page, not of one account. */
export function ProblemBanner({ problem }: { problem: Words }) {
  return (
    <div className="banner" data-tone="bad" role="alert">
      <Icon shape="bang" />
      <p>
        <strong>{problem.message}</strong> {problem.next}
      </p>
    </div>
  )
}
