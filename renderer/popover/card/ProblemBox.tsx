import { useState } from 'react'
import type { Problem, ProblemKind } from '../../../electron/contract/state.ts'
import { toneOf } from '../../../electron/contract/status.ts'
import { useActions } from '../store/ActionsContext.ts'
import { ClampedText } from './ClampedText.tsx'
import { explanations } from './explanations.ts'
import { remedyFor, remedyWords } from './remedy.ts'
import type { Failure } from '../store/store.ts'

/** Problems that only a newer version fixes, so that the user should report them. */
const reportable: ReadonlySet<ProblemKind> = new Set(['protocol-changed', 'bot-wall'])

/** Shows a problem in our words and the broker's, the next step, and its one button. */
export function ProblemBox({ name, problem }: { name: string; problem: Problem }) {
  const actions = useActions()
  const [explained, setExplained] = useState(false)
  const remedy = remedyFor(problem)
  const more = explanations[problem.kind]
  return (
    <div className="problem" data-tone={toneOf(problem)}>
      <p className="happened">
        <bdi>{problem.message}</bdi>
      </p>
      {problem.brokerWords !== null && (
        <figure className="quote">
          <figcaption>The broker said</figcaption>
          <blockquote>
            <ClampedText text={problem.brokerWords} label={`what the broker of ${name} said`} />
          </blockquote>
        </figure>
      )}
      <p>
        <bdi>{problem.next}</bdi>
      </p>
      {explained && (
        <div className="explanation" role="note">
          {more?.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <div className="row">
        <button
          type="button"
          className="button"
          aria-label={`${remedyWords[remedy]} (${name})`}
          onClick={() => void (remedy === 'change' ? actions.openAccountForm(name) : actions.login(name))}
        >
          {remedyWords[remedy]}
        </button>
        {reportable.has(problem.kind) && (
          <button
            type="button"
            className="button"
            aria-label={`Copy report (${name})`}
            onClick={() => void actions.copyDiagnostics(name)}
          >
            Copy report
          </button>
        )}
        {more !== undefined && (
          <button
            type="button"
            className="link"
            aria-expanded={explained}
            aria-label={`Why? (${name})`}
            onClick={() => {
              setExplained(!explained)
            }}
          >
            Why?
          </button>
        )}
      </div>
    </div>
  )
}

/** Shows a failed request of the user. */
export function FailureNote({ name, failure }: { name: string; failure: Failure }) {
  return (
    <p className="failure">
      <ClampedText text={`${failure.message} ${failure.next}`} label={`what went wrong with ${name}`} />
    </p>
  )
}
