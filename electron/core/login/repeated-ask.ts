import type { Ask } from './conversation/conversation.ts'

/**
 * `ask` for one login. After a refused code, or trouble on the way, the login begins again from the start, because no
 * broker says whether what it was told before still counts. Whoever is asked again hears that: a text message may
 * have brought a new code.
 */
export function repeatedAsk(ask: Ask): Ask {
  let hasAsked = false
  return (question, signal) => {
    const again = hasAsked ? 'The login has begun again from the start: type the newest code. ' : ''
    hasAsked = true
    return ask({ ...question, help: `${again}${question.help}` }, signal)
  }
}
