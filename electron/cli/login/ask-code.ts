import type { Services } from '../../services/services.ts'
import type { Problem } from '../../contract/state.ts'
import type { CodeQuestion } from '../../core/brokers/broker.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import type { Ask } from '../../core/login/conversation/conversation.ts'
import { typedCode } from '../../core/login/questions.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import type { Io } from '../terminal/terminal.ts'
import { problemLines } from '../terminal/messages.ts'

/**
 * Gets the codes that only the user has: from `--code`, else by prompts on the terminal, one at a time.
 * @param given the value of `--code`
 * @param prompts the queue of all prompts on this terminal
 * @returns a function that returns undefined without a code and without a terminal
 */
export function codeAsker(
  { accounts }: Pick<Services, 'accounts'>,
  io: Io,
  given: string | undefined,
  prompts = new SerialQueue(),
): (name: string) => Ask | undefined {
  return (name) => {
    if (given === undefined && !io.interactive) return undefined
    const answers = given === undefined ? [] : [given]
    let hasAsked = false
    return async (question, signal) => {
      // The reason for a second question is the account's problem.
      const refusal = hasAsked ? accounts.open(name).account.problem : null
      hasAsked = true
      const answer = answers.shift()
      if (answer !== undefined) return typedCode(question, answer)
      if (given !== undefined) throw codeRefused(question, refusal)
      return prompts.run(() => askPerson(io, name, question, refusal, signal))
    }
  }
}

/** @throws InputError when `--code` is not a code for exactly one login */
export function assertCode(code: string | undefined, names: readonly string[]): void {
  if (code === undefined) return
  if (names.length !== 1) throw new InputError({ code: 'needs exactly one NAME' })
  if (!/^\d{4,8}$/.test(code)) throw new InputError({ code: 'has 4 to 8 digits and nothing else' })
}

async function askPerson(
  io: Io,
  name: string,
  question: CodeQuestion,
  refusal: Problem | null,
  signal: AbortSignal,
): Promise<string> {
  // Leaves out the last line, because the question itself says what to do next.
  if (refusal !== null) for (const line of problemLines(refusal).slice(0, -1)) io.stderr(line)
  io.stderr(question.help)
  for (;;) {
    const typed = await io.ask(`${question.label} of ${name}: `, signal)
    try {
      return typedCode(question, typed)
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      for (const line of problemLines(error)) io.stderr(line)
    }
  }
}

const codeRefused = ({ label }: CodeQuestion, refusal: Problem | null): LoginError =>
  new LoginError('second-factor-needed', {
    message: 'The code given with --code did not get the login through.',
    next: `Log in again with the ${label} that is shown then.`,
    ...(refusal?.brokerWords != null && { brokerWords: refusal.brokerWords }),
  })
