import type { LoginStep } from '../broker.ts'

/** The types of Kite's errors: https://kite.trade/docs/connect/v3/exceptions/, and those its login page has sent. */
export const errorTypes = [
  ...['TokenException', 'UserException', 'InputException', 'GeneralException', 'PermissionException'],
  ...['NetworkException', 'DataException', 'OrderException', 'TwoFAException'],
] as const

/** The steps of `signIn`, for the list that a broker tells beforehand. */
export const signInSteps = [
  { id: 'password', label: 'Checking the password' },
  { id: 'code', label: 'Checking the second factor' },
] as const satisfies readonly LoginStep[]
