import type { TestResult } from '../../electron/contract/account-form.ts'
import { Icon } from '../shared/Icon.tsx'

/** Shows how a test login ended: the token's end, or the problem with its next step and the remaining attempts. */
export function TestResultBanner({ result }: { result: TestResult }) {
  if (result.ok) {
    return (
      <div className="banner" data-tone="good" role="status">
        <Icon shape="disc" />
        <p>
          <strong>{result.words}</strong>
        </p>
      </div>
    )
  }
  const { problem, attempts } = result
  return (
    <div className="banner" data-tone="bad" role="alert">
      <Icon shape="bang" />
      <div>
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
        <p className="help">The account is saved. {attempts}</p>
      </div>
    </div>
  )
}
