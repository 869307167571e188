import type { AccountFormBridge, TestProgress } from '../../electron/contract/account-form.ts'
import { CodeQuestion } from './CodeQuestion.tsx'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import { Progress } from '../shared/Progress.tsx'
import frame from './frame.module.css'
import css from './TestPanel.module.css'

interface TestPanelProps {
  bridge: AccountFormBridge
  progress: TestProgress | null
}

/** Shows a running test login in the flow's own words. Asks for a code that it needs. */
export function TestPanel({ bridge, progress }: TestPanelProps) {
  const login = progress?.login ?? null
  const question = progress?.question ?? null
  return (
    <section className={classes(frame['bar'], css['panel'])} aria-labelledby="test-heading">
      {/* An own heading, because the form's heading is inert during the test. */}
      <h1 className={text['unseen']} id="test-heading">
        Test login
      </h1>
      <div className={css['progress']}>
        <p role="status">
          <strong>{login === null ? 'Saving and starting' : login.label}</strong>
          {login !== null && (
            <span className={text['muted']}>
              {' '}
              · step {login.step} of {login.total}
            </span>
          )}
        </p>
        <Progress label="Test login" login={login} />
        {question === null && <p className={text['help']}>Closing this window cancels the login.</p>}
      </div>
      {question !== null && <CodeQuestion key={question.askedAt} bridge={bridge} question={question} />}
      <Button autoFocus onClick={() => void bridge.cancelTest()}>
        Cancel login
      </Button>
    </section>
  )
}
