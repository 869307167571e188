import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { typedCode } from './questions.ts'

const question = { label: 'made-up code', help: '', digits: 6 }
const typed = (text: string): string => typedCode(question, text)

describe('a typed code', () => {
  test.each(['012345', ' 012345 ', '012 345', '012-345', '01 23 45\n'])('may be typed as %j', (text) => {
    expect(typed(text)).toBe('012345')
  })

  test.each(['', '12345', '1234567', '12345a', '12.345', '१२३४५६', '      '])(
    'that is %j is told what it has to be',
    async (text) => {
      const error = await loginFailure(Promise.resolve().then(() => typed(text)))
      expect(error.kind).toBe('second-factor-needed')
      expect(error.message).toBe('The made-up code has 6 digits.')
      expect(error.next).toContain('Nothing was sent')
    },
  )

  test('has as many digits as its broker says', () => {
    expect(typedCode({ ...question, digits: 4 }, '4321')).toBe('4321')
  })
})
