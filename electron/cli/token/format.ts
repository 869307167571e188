import { lineFormats } from '../../core/accounts/exports.ts'
import { InputError } from '../../core/errors.ts'
import { tokenForms, type TokenForm } from '../../core/accounts/token-forms.ts'

const readers = Object.entries(lineFormats)
  .map(([name, line]) => `${name} for ${line.readers}`)
  .join(', ')

/** The option that chooses a token's form. */
export const formatOption = {
  type: 'string',
  default: 'raw',
  value: 'FORMAT',
  help:
    `One of ${tokenForms.join(', ')}: raw is the token alone, header that of a call, ` +
    `curl, python and node a whole call; the others are everything that a script needs, ${readers}`,
  words: tokenForms,
} as const

/** @throws InputError for `format` */
export function readFormat(typed: string): TokenForm {
  const format = tokenForms.find((known) => known === typed)
  if (format !== undefined) return format
  throw new InputError({ format: `“${typed}” is not one of ${tokenForms.join(', ')}` })
}
