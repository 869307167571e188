import type { TestResult } from '../../electron/contract/account-form.ts'
import { Icon } from '../shared/Icon.tsx'

/** How a test login ended: until when the token is good, or what happened, what to do, and what may still be tried. */
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
