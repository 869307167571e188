import type { TestResult } from '../../electron/contract/account-form.ts'
import { houseName } from '../../electron/contract/words.ts'
import { useForm } from './FormContext.ts'
import { Banner } from '../shared/Banner.tsx'
import text from '../shared/text.module.css'
import css from './TestResultBanner.module.css'

/** Shows how a test login ended: the token's end, or the problem with its next step and the remaining attempts. */
export function TestResultBanner({ result }: { result: TestResult }) {
  const { broker } = useForm()
  if (result.ok) {
    return (
      <Banner tone="good" role="status" shape="disc">
        <p>
          <strong>{result.words}</strong>
        </p>
      </Banner>
    )
  }
  const { problem, attempts } = result
  if (problem.kind === 'cancelled') {
    return (
      <Banner tone="plain" role="status">
        <p>{problem.message} Your changes are saved.</p>
      </Banner>
    )
  }
  return (
    <Banner tone="bad" role="alert" shape="bang">
      <div className={css['failed']}>
        <p>
          <strong>{problem.message}</strong>
        </p>
        {problem.brokerWords !== null && (
          <figure className={css['quote']}>
            <figcaption>{houseName(broker.name)} said</figcaption>
            <blockquote>
              <bdi>{problem.brokerWords}</bdi>
            </blockquote>
          </figure>
        )}
        <p>{problem.next}</p>
        <p className={text['help']}>Saved. {attempts}</p>
      </div>
    </Banner>
  )
}
