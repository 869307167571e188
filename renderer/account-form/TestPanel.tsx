import type { AccountFormBridge, TestProgress } from '../../electron/contract/account-form.ts'
import { CodeQuestion } from './CodeQuestion.tsx'

interface TestPanelProps {
  bridge: AccountFormBridge
  progress: TestProgress | null
}

/** Shows a running test login in the flow's own words. Asks for a code that it needs. */
export function TestPanel({ bridge, progress }: TestPanelProps) {
  const login = progress?.login ?? null
  const question = progress?.question ?? null
  return (
    <section className="test" aria-labelledby="test-heading">
      {/* An own heading, because the form's heading is inert during the test. */}
      <h1 className="unseen" id="test-heading">
        Test login
      </h1>
      <div className="test-progress">
        <p role="status">
          <strong>{login === null ? 'Saving and starting' : login.label}</strong>
          {login !== null && (
            <span className="muted">
              {' '}
              · step {login.step} of {login.total}
            </span>
          )}
        </p>
        <progress aria-label="Test login" value={login?.step ?? 0} max={Math.max(1, login?.total ?? 1)} />
        {question === null && <p className="help">Closing this window cancels the login.</p>}
      </div>
      {question !== null && <CodeQuestion key={question.askedAt} bridge={bridge} question={question} />}
      <button type="button" className="button" autoFocus onClick={() => void bridge.cancelTest()}>
        Cancel login
      </button>
    </section>
  )
}
