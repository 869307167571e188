import type { PlannedFault } from '../faults.ts'

/** Refusals of Kite's login calls that do not judge the entry. */
const besideEntry = {
  'a route that is gone': [404, 'GeneralException', 'Route not found'],
  'a method that is no longer taken': [405, 'GeneralException', 'Method not allowed'],
  'a route that was given up': [410, 'GeneralException', 'This version of the login has been retired'],
  'a captcha': [403, 'InputException', 'Please solve the captcha to go on with your password'],
  'a network that is not let in': [403, 'PermissionException', 'Logins from this network are not permitted'],
  'something unknown': [400, 'GeneralException', 'Something went wrong'],
  'a field that is new': [400, 'InputException', 'Missing or empty field `app_password`'],
} as const

/** Refusals for a code whose login has expired at Kite; users have reported the first. */
const loginGone = {
  'a session that has ended': [403, 'TokenException', 'Session expired or invalid'],
  'a code for a session that has ended': [403, 'TwoFAException', 'Session expired'],
  'an unknown request_id': [400, 'InputException', 'Invalid `request_id`'],
} as const

/** Refusals of a wrong user ID or password, in Kite's successive wordings. */
const wrongEntry = {
  'both in one': [403, 'UserException', 'Invalid username or password.'],
  credentials: [400, 'InputException', 'Invalid credentials'],
  'the user ID': [400, 'InputException', 'Invalid User ID'],
  'the password, under HTTP 200': [200, 'GeneralException', 'Incorrect password'],
} as const

export const kiteRefusals = { besideEntry, loginGone, wrongEntry } as const

/** Returns a planned fault: a refusal from the tables above, on one of Kite's routes. */
export function kiteRefusal(
  at: string,
  [status, error_type, message]: readonly [status: number, type: string, words: string],
): PlannedFault {
  return { at, kind: 'json', status, value: { status: 'error', message, error_type, data: null } }
}
