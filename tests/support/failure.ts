import { InputError, LoginError } from '../../electron/core/errors.ts'

/** The error a promise is rejected with; fails when it is fulfilled instead. */
async function rejection(action: Promise<unknown>): Promise<unknown> {
  try {
    await action
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection, but it succeeded')
}

/** The LoginError that something ends with. */
export async function loginFailure(action: Promise<unknown>): Promise<LoginError> {
  const error = await rejection(action)
  if (error instanceof LoginError) return error
  throw new Error('expected a LoginError', { cause: error })
}

/** What an InputError says about each input. */
export async function inputErrors(action: () => unknown): Promise<Readonly<Record<string, string>>> {
  const error = await rejection(new Promise((resolve) => resolve(action())))
  if (error instanceof InputError) return error.errors
  throw new Error('expected an InputError', { cause: error })
}
