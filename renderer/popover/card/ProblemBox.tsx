import { useState } from 'react'
import type { Problem, ProblemKind } from '../../../electron/contract/state.ts'
import { toneOf } from '../../../electron/contract/status.ts'
import { useActions } from '../store/ActionsContext.ts'
import { ClampedText } from './ClampedText.tsx'
import { explanations } from './explanations.ts'
import { remedyFor, remedyWords } from './remedy.ts'
import type { Failure } from '../store/store.ts'
import { Button } from '../../shared/Button.tsx'
import row from '../row.module.css'
import css from './ProblemBox.module.css'

/** Problems that only a newer version fixes, so that the user should report them. */
const reportable: ReadonlySet<ProblemKind> = new Set(['protocol-changed', 'bot-wall'])

/** Shows a problem in our words and the broker's, the next step, and its one button. */
export function ProblemBox({ name, problem }: { name: string; problem: Problem }) {
  const actions = useActions()
  const [explained, setExplained] = useState(false)
  const remedy = remedyFor(problem)
  const more = explanations[problem.kind]
  return (
    <div className={css['problem']} data-tone={toneOf(problem)}>
      <p className={css['happened']}>
        <bdi>{problem.message}</bdi>
      </p>
      {problem.brokerWords !== null && (
        <figure className={css['quote']}>
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
        <div className={css['explanation']} role="note">
          {more?.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <div className={row['row']}>
        <Button
          look="surface"
          aria-label={`${remedyWords[remedy]} (${name})`}
          onClick={() => void (remedy === 'change' ? actions.openAccountForm(name) : actions.login(name))}
        >
          {remedyWords[remedy]}
        </Button>
        {reportable.has(problem.kind) && (
          <Button
            look="surface"
            aria-label={`Copy report (${name})`}
            onClick={() => void actions.copyDiagnostics(name)}
          >
            Copy report
          </Button>
        )}
        {more !== undefined && (
          <Button
            look="link"
            aria-expanded={explained}
            aria-label={`Why? (${name})`}
            onClick={() => {
              setExplained(!explained)
            }}
          >
            Why?
          </Button>
        )}
      </div>
    </div>
  )
}

/** Shows a failed request of the user. */
export function FailureNote({ name, failure }: { name: string; failure: Failure }) {
  return (
    <p className={css['failure']}>
      <ClampedText text={`${failure.message} ${failure.next}`} label={`what went wrong with ${name}`} />
    </p>
  )
}
