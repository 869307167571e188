import { InputError, LoginError } from '../../electron/core/errors.ts'

/** Returns the error of a rejected promise, and fails for a fulfilled one. */
async function rejection(action: Promise<unknown>): Promise<unknown> {
  try {
    await action
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection, but it succeeded')
}

/** Returns the LoginError that a promise rejects with. */
export async function loginFailure(action: Promise<unknown>): Promise<LoginError> {
  const error = await rejection(action)
  if (error instanceof LoginError) return error
  throw new Error('expected a LoginError', { cause: error })
}

/** Returns the messages of an InputError, by input. */
export async function inputErrors(action: () => unknown): Promise<Readonly<Record<string, string>>> {
  const error = await rejection(new Promise((resolve) => resolve(action())))
  if (error instanceof InputError) return error.errors
  throw new Error('expected an InputError', { cause: error })
}
