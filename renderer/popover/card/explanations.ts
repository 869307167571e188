import type { ProblemKind } from '../../../electron/contract/state.ts'

/** The reasons behind a problem, for users who want more than the next step. */
export const explanations: Partial<Record<ProblemKind, readonly string[]>> = {
  'budget-spent': [
    'Most brokers lock an account after five wrong entries, and unlocking it can cost a morning.',
    'TokenTray therefore sends a wrong password once and wrong codes twice, then stops by itself. It can’t always know whether an entry was wrong: an answer that got lost counts too.',
    'Entering the secret again, even the same one, allows the next login.',
  ],
  'account-locked': [
    'The broker, not TokenTray, has locked the account. No login works until you have unlocked it there, not even one by hand.',
    'Brokers do so after several wrong passwords or codes, from any of your apps and devices, or for reasons of their own.',
    'Unlocking usually means a new password. Enter it here, and logins go on.',
  ],
  'consent-required': [
    'Before an app may use your account, the broker asks you once, on its own page, whether you want that. Nobody can say yes for you.',
    'It asks again when the app was changed on the broker’s developer page, and some brokers ask every year.',
    'No attempt was spent. After you have said yes, log in here.',
  ],
}
