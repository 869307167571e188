import type { Problem } from '../../electron/contract/state.ts'
import { useActions } from './ActionsContext.ts'
import { remedyFor, remedyWords } from './remedy.ts'

/** What happened, in our words and the broker's, what to do next, and the one button for it. */
export function ProblemBox({ name, problem }: { name: string; problem: Problem }) {
  const actions = useActions()
  const remedy = remedyFor(problem)
  return (
    <div className="problem" data-tone={problem.retrySafe ? 'warn' : 'bad'}>
      <p>
        <strong>{problem.message}</strong>
      </p>
      {problem.brokerWords !== null && (
        <figure className="quote">
          <figcaption>The broker said</figcaption>
          <blockquote>
            <bdi>{problem.brokerWords}</bdi>
          </blockquote>
        </figure>
      )}
      <p>{problem.next}</p>
      <button
        type="button"
        className="button"
        aria-label={`${remedyWords[remedy]} (${name})`}
        onClick={() => void (remedy === 'change' ? actions.openForm(name) : actions.login(name))}
      >
        {remedyWords[remedy]}
      </button>
    </div>
  )
}
