import type { CodeQuestion } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'

/**
 * The digits of a code as a person types or pastes it, without the spaces and hyphens it may be shown with.
 * @throws LoginError `second-factor-needed` when it can't be the code that was asked for
 */
export function typedCode({ label, digits }: CodeQuestion, typed: string): string {
  const code = typed.replaceAll(/[\s-]/g, '')
  if (/^\d+$/.test(code) && code.length === digits) return code
  throw new LoginError('second-factor-needed', {
    message: `The ${label} has ${digits} digits.`,
    next: 'Type it as it is shown. Nothing was sent to the broker.',
  })
}
