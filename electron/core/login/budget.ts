import { LoginError } from '../errors.ts'

/**
 * How many attempts may be on their way or refused per account until the user changes something. Most brokers
 * block an account after five wrong entries; these leave the user more than half of them.
 */
export const attemptLimits = { password: 1, code: 2 } as const

export type AttemptKind = keyof typeof attemptLimits
export type Spent = Readonly<Record<AttemptKind, number>>

export const nothingSpent: Spent = { password: 0, code: 0 }

/**
 * Writes one more attempt down. To be saved before the attempt is sent, so that no crash can forget it.
 * @throws LoginError `budget-spent`
 */
export function spend(spent: Spent, kind: AttemptKind): Spent {
  if (spent[kind] >= attemptLimits[kind]) throw new LoginError('budget-spent', words[kind])
  return { ...spent, [kind]: spent[kind] + 1 }
}

/** Takes the attempts of one kind back, once the broker has accepted one of them. */
export function settle(spent: Spent, kind: AttemptKind): Spent {
  return { ...spent, [kind]: 0 }
}

/** Takes one attempt back that the broker surely has not judged. */
export function takeBack(spent: Spent, kind: AttemptKind): Spent {
  return { ...spent, [kind]: Math.max(0, spent[kind] - 1) }
}

const words: Record<AttemptKind, { message: string; next: string }> = {
  password: {
    message:
      'The password was sent once and the broker is not known to have accepted it. It is not sent again.',
    next: 'Try your password on the broker’s own page, then enter it again here.',
  },
  code: {
    message:
      'Two TOTP codes were sent and the broker is not known to have accepted either. No more are sent.',
    next: 'Compare the code here with your authenticator app, then enter the TOTP secret again here.',
  },
}
