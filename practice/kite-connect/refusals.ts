import type { PlannedFault } from '../faults.ts'

/** What Kite's login calls have been seen to refuse that says nothing of what was entered. */
const besideEntry = {
  'a route that is gone': [404, 'GeneralException', 'Route not found'],
  'a method that is no longer taken': [405, 'GeneralException', 'Method not allowed'],
  'a route that was given up': [410, 'GeneralException', 'This version of the login has been retired'],
  'a captcha': [403, 'InputException', 'Please solve the captcha to go on with your password'],
  'a network that is not let in': [403, 'PermissionException', 'Logins from this network are not permitted'],
  'something unknown': [400, 'GeneralException', 'Something went wrong'],
  'a field that is new': [400, 'InputException', 'Missing or empty field `app_password`'],
} as const

/** Kite no longer knows the login that a code belongs to; the first is reported by users. */
const loginGone = {
  'a session that has ended': [403, 'TokenException', 'Session expired or invalid'],
  'a code for a session that has ended': [403, 'TwoFAException', 'Session expired'],
  'an unknown request_id': [400, 'InputException', 'Invalid `request_id`'],
} as const

/** The wrong user ID or password, in the words that Kite has had for it. */
const wrongEntry = {
  'both in one': [403, 'UserException', 'Invalid username or password.'],
  credentials: [400, 'InputException', 'Invalid credentials'],
  'the user ID': [400, 'InputException', 'Invalid User ID'],
  'the password, under HTTP 200': [200, 'GeneralException', 'Incorrect password'],
} as const

export const kiteRefusals = { besideEntry, loginGone, wrongEntry } as const

/** A refusal of the tables above, planned for a route of Kite's. */
export function kiteRefusal(
  at: string,
  [status, error_type, message]: readonly [status: number, type: string, words: string],
): PlannedFault {
  return { at, kind: 'json', status, value: { status: 'error', message, error_type, data: null } }
}
