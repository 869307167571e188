import type { LoginStep } from '../broker.ts'

/** The error types of https://kite.trade/docs/connect/v3/exceptions/ and of Kite's login page. */
export const errorTypes = [
  ...['TokenException', 'UserException', 'InputException', 'GeneralException', 'PermissionException'],
  ...['NetworkException', 'DataException', 'OrderException', 'TwoFAException'],
] as const

/** The steps of `signIn`, for the list of a broker's steps. */
export const signInSteps = [
  { id: 'password', label: 'Checking the password' },
  { id: 'code', label: 'Checking the second factor' },
] as const satisfies readonly LoginStep[]
