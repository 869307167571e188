import { LoginError } from '../../errors.ts'
import type { CodeQuestion } from '../broker.ts'

/** An account's second factors, in Kite's terms: `totp`, `app_code`, `sms`. */
export interface OfferedFactors {
  /** The factor that Kite asks for. */
  readonly type: string
  /** All factors that Kite accepts; empty when Kite does not say. */
  readonly all: readonly string[]
}

export interface SecondFactor {
  /** Kite's own term, never a guess, because a code for another factor may count as a wrong entry. */
  readonly type: string
  /** Null when the code is computed from the stored TOTP secret. */
  readonly question: CodeQuestion | null
}

const totp = 'totp'

/**
 * The question for each factor. Source for the app code: https://support.zerodha.com, "What is an App Code and why is
 * it displayed on Kite app?"
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
      label: 'External TOTP code',
      help: 'In your authenticator app, under Zerodha or Kite. It changes every 30 seconds.',
      digits: 6,
    },
  ],
])

/** The codes available to a login. */
export interface AvailableCodes {
  readonly hasTotpSecret: boolean
  /** Whether a user can type a code, or has given the code beforehand. */
  readonly canAsk: boolean
}

/**
 * Chooses the second factor: external TOTP if its secret is stored and Kite accepts it, else the factor that Kite
 * asks for and the user types.
 * @throws LoginError `second-factor-mismatch` before the login spends a code that Kite would refuse
 */
export function chooseFactor(
  { type, all }: OfferedFactors,
  { hasTotpSecret, canAsk }: AvailableCodes,
): SecondFactor {
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
    // With a stored TOTP secret, the user is not asked for its code, because Kite does not offer TOTP.
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
