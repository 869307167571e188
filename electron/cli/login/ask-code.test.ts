import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { FakeTerminal } from '../../../tests/support/fake-terminal.ts'
import { madeUpDomain, madeUpTokens, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import type { CodeQuestion } from '../../core/brokers/broker.ts'
import { LoginError } from '../../core/errors.ts'
import { ANSWER_DEADLINE_MS } from '../../core/concurrency/deadline.ts'
import { assertCode, codeAsker } from './ask-code.ts'

const question: CodeQuestion = { label: 'made-up code', help: 'In the made-up app.', digits: 6 }
const RIGHT = '123456'

/** A domain whose broker asks for a code, and a login of it from a terminal. */
async function askingMorning({ code, interactive = true }: { code?: string; interactive?: boolean } = {}) {
  const typed: string[] = []
  const parts = await madeUpDomain({
    login: async (context) => {
      const answer = await context.askCode(question)
      typed.push(answer)
      if (answer !== RIGHT) throw new LoginError('bad-totp', { brokerWords: 'Invalid code' })
      context.accepted('code')
      return madeUpTokens
    },
  })
  const io = new FakeTerminal(interactive)
  const askFor = codeAsker(parts, io, code)
  const login = (name = 'main') => {
    const ask = askFor(name)
    return parts.engine.login(name, { ...(ask !== undefined && { ask }), signal: io.signal })
  }
  return { ...parts, io, typed, login }
}

describe('a code given with the command', () => {
  test('answers the question', async () => {
    const { io, typed, login } = await askingMorning({ code: RIGHT, interactive: false })
    expect(await login()).toBe('obtained')
    expect(typed).toEqual([RIGHT])
    expect(io.asked).toEqual([])
  })

  test('answers once: when it is refused the login ends, with what the broker said', async () => {
    const { io, typed, login } = await askingMorning({ code: '000000' })
    const error = await loginFailure(login())
    expect(error).toMatchObject({ kind: 'second-factor-needed', brokerWords: 'Invalid code' })
    expect(error.message).toContain('--code')
    expect(typed).toEqual(['000000'])
    expect(io.asked).toEqual([])
  })

  test('of the wrong length is not sent, which costs nothing', async () => {
    const { typed, login, account } = await askingMorning({ code: '1234' })
    expect((await loginFailure(login())).message).toBe('The made-up code has 6 digits.')
    expect(typed).toEqual([])
    expect(account().spent).toEqual({ password: 0, code: 0 })
  })

  test.each([
    ['no name', RIGHT, [], 'needs exactly one NAME'],
    ['two names', RIGHT, ['a', 'b'], 'needs exactly one NAME'],
    ['anything but digits', 'SECRETISH', ['a'], 'has 4 to 8 digits and nothing else'],
    ['too few digits', '123', ['a'], 'has 4 to 8 digits and nothing else'],
  ])('with %s is a mistake', async (_what, code, names, message) => {
    expect(await inputErrors(() => assertCode(code, names))).toEqual({ code: message })
  })

  test('may be left out, for any number of names', () => {
    expect(() => {
      assertCode(undefined, [])
      assertCode(undefined, ['a', 'b'])
      assertCode(RIGHT, ['a'])
    }).not.toThrow()
  })
})

test('where nobody can be asked the login ends and says how to give the code', async () => {
  const { login, account } = await askingMorning({ interactive: false })
  const error = await loginFailure(login())
  expect(error).toMatchObject({
    kind: 'second-factor-needed',
    message: 'Made-up asks for the made-up code.',
  })
  expect(error.next).toContain('tokentray login main --code')
  expect(error.next).toContain('In the made-up app.')
  expect(account().spent).toEqual({ password: 0, code: 0 })
})

describe('the person at the terminal', () => {
  test('is told where the code is, and asked', async () => {
    const { io, typed, login } = await askingMorning()
    const result = login()
    await io.untilAsked()
    expect(io.asked).toEqual(['made-up code of main: '])
    expect(io.notes).toContain('In the made-up app.')
    io.type(' 123 456 ')
    expect(await result).toBe('obtained')
    expect(typed).toEqual([RIGHT])
  })

  test('may mistype the length, which costs nothing', async () => {
    const { io, typed, login } = await askingMorning()
    const result = login()
    await io.untilAsked()
    io.type('12345')
    await io.untilAsked(2)
    expect(io.notes).toContain('The made-up code has 6 digits.')
    io.type(RIGHT)
    await result
    expect(typed).toEqual([RIGHT])
  })

  test('is asked again when the broker refuses the code, and told its words', async () => {
    const { io, typed, login } = await askingMorning()
    const result = login()
    await io.untilAsked()
    io.type('000000')
    await io.untilAsked(2)
    expect(io.notes).toContain('  The broker says: “Invalid code”')
    io.type(RIGHT)
    await result
    expect(typed).toEqual(['000000', RIGHT])
  })

  test('can cancel', async () => {
    const { io, typed, login } = await askingMorning()
    const result = loginFailure(login())
    await io.untilAsked()
    io.interrupt()
    expect((await result).kind).toBe('cancelled')
    expect(typed).toEqual([])
  })

  test('who has gone away is not waited for without end', async () => {
    const { io, login, clock } = await askingMorning()
    const result = loginFailure(login())
    await io.untilAsked()
    clock.advance(ANSWER_DEADLINE_MS)
    expect((await result).kind).toBe('second-factor-needed')
  })

  test('is asked for one code at a time', async () => {
    const { io, login, accounts } = await askingMorning()
    const values = { ...madeUpValues, user_id: 'CD5678' }
    await accounts.add({ name: 'second', brokerId: 'made-up', values, endpoints: {}, acceptTerms: true })
    const results = [login(), login('second')]
    await io.untilAsked()
    expect(io.asked).toEqual(['made-up code of main: '])
    io.type(RIGHT)
    await io.untilAsked(2)
    expect(io.asked).toEqual(['made-up code of main: ', 'made-up code of second: '])
    io.type(RIGHT)
    expect(await Promise.all(results)).toEqual(['obtained', 'obtained'])
  })
})
