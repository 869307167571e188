import type { LoginStep } from '../broker.ts'

/** The steps of `signIn`, for the list that a broker tells beforehand. */
export const signInSteps = [
  { id: 'password', label: 'Checking the password' },
  { id: 'code', label: 'Checking the second factor' },
] as const satisfies readonly LoginStep[]
