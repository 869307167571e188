import { LoginError } from '../../errors.ts'
import type { CodeQuestion } from '../broker.ts'

/** What Kite says of an account's second factors, in its own words: `totp`, `app_code`, `sms`. */
export interface OfferedFactors {
  /** The one it asks for. */
  readonly type: string
  /** All that it would take; empty when it has not said. */
  readonly all: readonly string[]
}

export interface SecondFactor {
  /** Kite's own word for it, never a guess: a code for another factor may count as a wrong entry. */
  readonly type: string
  /** Null where the code is computed from the stored TOTP secret. */
  readonly question: CodeQuestion | null
}

const totp = 'totp'

/**
 * Where each code is found. Of the app code: https://support.zerodha.com, "What is an App Code and why is it
 * displayed on Kite app?"
 */
const questions: ReadonlyMap<string, CodeQuestion> = new Map([
  [
    'app_code',
    {
      label: 'Kite app code',
      help: 'In the Kite app on your phone: Profile → App code. It changes every 30 seconds.',
      digits: 6,
    },
  ],
  ['sms', { label: 'Kite SMS code', help: 'Kite sends it to your registered mobile number.', digits: 6 }],
  [
    totp,
    {
      label: 'external TOTP code',
      help: 'In your authenticator app, under Zerodha or Kite. It changes every 30 seconds.',
      digits: 6,
    },
  ],
])

/** What a login can answer with. */
export interface AtHand {
  readonly hasTotpSecret: boolean
  /** Whether somebody is there to type a code, or has given one. */
  readonly canAsk: boolean
}

/**
 * The second factor to log in with: external TOTP where its secret is stored and Kite takes it, else the one that
 * Kite asks for and the user types.
 * @throws LoginError `second-factor-mismatch` before a code is spent that Kite would not take
 */
export function chooseFactor({ type, all }: OfferedFactors, { hasTotpSecret, canAsk }: AtHand): SecondFactor {
  const offered = all.length === 0 ? [type] : all
  if (hasTotpSecret && offered.includes(totp)) return { type: totp, question: null }
  const mismatch = `Kite asks this account for ${namesOf(offered)}, not for external TOTP.`
  if (hasTotpSecret && !canAsk) {
    throw new LoginError('second-factor-mismatch', {
      message: mismatch,
      next: `${enableTotp} ${forgetSecret}`,
    })
  }
  for (const word of [type, ...offered]) {
    const question = questions.get(word)
    // One who has the TOTP secret is not asked for its code: Kite has not listed it.
    if (question === undefined || (hasTotpSecret && word === totp)) continue
    const why = hasTotpSecret ? ` ${mismatch} ${enableTotp}` : ''
    return { type: word, question: { ...question, help: `${question.help}${why}` } }
  }
  throw new LoginError('second-factor-mismatch', {
    message: `Kite asks this account for ${namesOf(offered)}.`,
    next: enableTotp,
  })
}

const enableTotp =
  'Enable external TOTP in your Kite profile (Password & security), then enter its new secret here.'
const forgetSecret =
  'Or forget the stored TOTP secret with “tokentray account edit NAME --forget totp_secret”: then you are asked for ' +
  'the code at each login.'

function namesOf(factors: readonly string[]): string {
  const names = factors.map(
    (word) => questions.get(word)?.label ?? 'a second factor that TokenTray does not know',
  )
  return [...new Set(names)].join(' or ')
}
