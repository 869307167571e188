import { useId, useRef, useState } from 'react'
import type { Problem, QuestionView } from '../../../electron/contract/state.ts'
import { LATE_SECONDS, secondsLeft } from '../../../electron/contract/countdown.ts'
import { useNow } from '../../shared/useNow.ts'
import { useActions } from '../store/ActionsContext.ts'
import { askedWords, leftWords } from './asked.ts'
import { ClampedText } from './ClampedText.tsx'
import { useTakeFocus } from '../keyboard/useTakeFocus.ts'

interface CodePromptProps {
  name: string
  question: QuestionView
  /** Why the previous code did not work; null for the first one. */
  refusal: Problem | null
}

/** Asks for the code that a login waits for. Enter sends it, Escape cancels the login. */
export function CodePrompt({ name, question, refusal }: CodePromptProps) {
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
      className="question"
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
        <p className="failure" id={`${id}-refusal`}>
          {refusal.message}{' '}
          {refusal.brokerWords !== null && (
            <>
              The broker said:{' '}
              <ClampedText text={refusal.brokerWords} label={`what the broker of ${name} said`} />
            </>
          )}
        </p>
      )}
      <div className="row">
        <label className="words" htmlFor={id}>
          {question.label}
        </label>
        <span className="muted" role="timer" data-late={late}>
          {left}
        </span>
      </div>
      <div className="row">
        <input
          ref={input}
          id={id}
          className="digits"
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
        <button type="submit" className="button primary" aria-label={`Send the code of ${name}`}>
          Send
        </button>
        <button type="button" className="button" aria-label={`Cancel the login of ${name}`} onClick={cancel}>
          Cancel
        </button>
      </div>
      <p className="muted" id={`${id}-help`}>
        {question.help} <span className="asked">{asked}</span>
      </p>
    </form>
  )
}
