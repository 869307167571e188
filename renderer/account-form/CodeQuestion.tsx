import { useState } from 'react'
import type { AccountFormBridge } from '../../electron/contract/account-form.ts'
import type { QuestionView } from '../../electron/contract/state.ts'
import { Button } from '../shared/Button.tsx'
import text from '../shared/text.module.css'
import { classes } from '../shared/classes.ts'
import countdown from '../shared/countdown.module.css'
import buttons from './buttons.module.css'
import input from './input.module.css'
import css from './CodeQuestion.module.css'

interface CodeQuestionProps {
  bridge: AccountFormBridge
  question: QuestionView
}

/** Asks for the code that the test login waits for. React may hold it, because it expires too soon to be a secret. */
export function CodeQuestion({ bridge, question }: CodeQuestionProps) {
  const [code, setCode] = useState('')
  const [refusal, setRefusal] = useState<string | null>(question.again ? 'That code was wrong.' : null)

  const send = async (): Promise<void> => {
    const outcome = await bridge.answerCode({ code })
    if (!outcome.ok) setRefusal(outcome.problem.message)
  }

  return (
    <form
      className={css['question']}
      aria-label={question.label}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label className={input['label']} htmlFor="test-code">
        {question.label}
      </label>
      {refusal !== null && (
        <p className={input['error']} id="test-code-error" role="alert">
          {refusal}
        </p>
      )}
      <div className={buttons['buttons']}>
        <input
          id="test-code"
          className={classes(countdown['digits'], input['input'], css['input'])}
          value={code}
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          placeholder={'·'.repeat(question.digits)}
          aria-describedby={refusal === null ? 'test-code-help' : 'test-code-error test-code-help'}
          onChange={(event) => {
            // Not `maxLength`, because it would truncate a code that is pasted with spaces.
            setCode(event.target.value.replaceAll(/\D/g, '').slice(0, question.digits))
          }}
        />
        <Button type="submit" look="primary">
          Send
        </Button>
      </div>
      <p className={text['help']} id="test-code-help">
        {question.help}
      </p>
    </form>
  )
}
