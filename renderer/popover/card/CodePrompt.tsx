import { useId, useRef, useState } from 'react'
import type { Problem, QuestionView } from '../../../electron/contract/state.ts'
import { LATE_SECONDS, secondsLeft } from '../../../electron/contract/countdown.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { askedWords, leftWords } from './asked.ts'
import { ClampedText } from './ClampedText.tsx'
import { useTakeFocus } from '../keyboard/useTakeFocus.ts'
import { Button } from '../../shared/Button.tsx'
import { classes } from '../../shared/classes.ts'
import countdown from '../../shared/countdown.module.css'
import row from '../row.module.css'
import css from './CodePrompt.module.css'

interface CodePromptProps {
  name: string
  /** The broker's house, such as Zerodha. */
  house: string
  question: QuestionView
  /** Why the previous code did not work; null for the first one. */
  refusal: Problem | null
}

/** Asks for the code that a login waits for. Enter sends it, Escape cancels the login. */
export function CodePrompt({ name, house, question, refusal }: CodePromptProps) {
  const actions = useActions()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useTakeFocus(input)
  const [code, setCode] = useState('')
  const [sending, setSending] = useState(false)
  const asked = useNow((now) => askedWords(question.askedAt, now))
  const left = useNow((now) => leftWords(question.endsAt, now))
  const late = useNow((now) => secondsLeft(question.endsAt, now) <= LATE_SECONDS)
  const cancel = (): void => void actions.cancelLogin(name)

  const send = async (): Promise<void> => {
    setSending(true)
    await actions.answerCode(name, code)
    setSending(false)
  }

  return (
    <form
      className={css['question']}
      aria-label={`Code for ${name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending) void send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        cancel()
      }}
    >
      {refusal !== null && (
        <p className={css['refusal']} id={`${id}-refusal`}>
          {refusal.message}{' '}
          {refusal.brokerWords !== null && (
            <>
              {house} said: <ClampedText text={refusal.brokerWords} label={`what ${house} said of ${name}`} />
            </>
          )}
        </p>
      )}
      <div className={classes(row['row'], css['line'])}>
        <label className={classes(row['words'], css['label'])} htmlFor={id}>
          {question.label}
        </label>
        <span className={css['left']} role="timer" data-late={late}>
          {left}
        </span>
      </div>
      <div className={classes(row['row'], css['line'])}>
        <input
          ref={input}
          id={id}
          className={classes(countdown['digits'], css['input'])}
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          placeholder={'·'.repeat(question.digits)}
          aria-describedby={refusal === null ? `${id}-help` : `${id}-refusal ${id}-help`}
          onChange={(event) => {
            // Not `maxLength`, because it would truncate a code that is pasted with spaces.
            setCode(event.target.value.replaceAll(/\D/g, '').slice(0, question.digits))
          }}
        />
        <Button type="submit" look="primary" aria-label={`Send the code of ${name}`}>
          Send
        </Button>
        <Button aria-label={`Cancel the login of ${name}`} onClick={cancel}>
          Cancel
        </Button>
      </div>
      <p className={css['help']} id={`${id}-help`}>
        {question.help} {asked}
      </p>
    </form>
  )
}
