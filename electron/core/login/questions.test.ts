import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { madeUpDomain, madeUpTokens, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { morning } from '../../../tests/support/harness.ts'
import type { CodeQuestion } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import { ANSWER_DEADLINE_MS } from '../concurrency/deadline.ts'
import { Questions, type QuestionChange } from './questions.ts'

const question: CodeQuestion = { label: 'made-up code', help: 'In the made-up app.', digits: 6 }
const RIGHT = '123456'

/** A domain whose broker asks for a code and takes the right one, and the questions of its tray app. */
async function askingMorning() {
  const typed: string[] = []
  const parts = await madeUpDomain({
    login: async (context) => {
      const code = await context.askCode(question)
      typed.push(code)
      if (code !== RIGHT) throw new LoginError('bad-totp', { brokerWords: 'Invalid code' })
      context.accepted('code')
      return madeUpTokens
    },
  })
  const questions = new Questions(parts.clock)
  const changes: QuestionChange[] = []
  questions.onChange((change) => changes.push(change))
  const login = (name = 'main') => parts.engine.login(name, { ask: questions.ask(name) })
  /** Resolves once `count` questions have been asked. */
  const untilAsked = (count = 1): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (changes.filter((change) => change === 'asked').length >= count) resolve()
      }
      questions.onChange(look)
      look()
    })
  return { ...parts, questions, changes, typed, login, untilAsked }
}

describe('the question of a login', () => {
  test('stands with the account until it is answered, and the answer gets the login through', async () => {
    const { questions, changes, typed, login, untilAsked } = await askingMorning()
    expect(questions.of('main')).toBeNull()
    const result = login()
    await untilAsked()
    expect(questions.of('main')).toEqual({
      ...question,
      askedAt: morning,
      endsAt: morning + ANSWER_DEADLINE_MS,
      again: false,
    })
    expect(questions.of('other')).toBeNull()
    questions.answer('main', RIGHT)
    expect(questions.of('main')).toBeNull()
    expect(await result).toBe('obtained')
    expect(typed).toEqual([RIGHT])
    expect(changes).toEqual(['asked', 'settled'])
  })

  test('stays when the answer has the wrong length, which costs nothing', async () => {
    const { questions, typed, login, untilAsked, account } = await askingMorning()
    const result = login()
    await untilAsked()
    const refused = await loginFailure(Promise.resolve().then(() => questions.answer('main', '12345')))
    expect(refused.message).toBe('The made-up code has 6 digits.')
    expect(questions.of('main')).not.toBeNull()
    expect(account().spent).toEqual({ password: 0, code: 0 })
    questions.answer('main', '123 456')
    await result
    expect(typed).toEqual([RIGHT])
  })

  test('comes again when the broker refuses the code, and says that it does', async () => {
    const { questions, typed, login, untilAsked, account } = await askingMorning()
    const result = login()
    await untilAsked()
    questions.answer('main', '000000')
    await untilAsked(2)
    expect(questions.of('main')).toMatchObject({
      again: true,
      help: 'The login began again: type the newest code. In the made-up app.',
    })
    expect(account().problem).toMatchObject({ kind: 'bad-totp', brokerWords: 'Invalid code' })
    questions.answer('main', RIGHT)
    await result
    expect(typed).toEqual(['000000', RIGHT])
  })

  test('is not called a repetition in the next login', async () => {
    const { questions, login, untilAsked, engine } = await askingMorning()
    const first = loginFailure(login())
    await untilAsked()
    engine.cancel('main')
    await first
    const second = login()
    await untilAsked(2)
    expect(questions.of('main')).toMatchObject({ again: false })
    questions.answer('main', RIGHT)
    await second
  })

  test('goes when the login is cancelled', async () => {
    const { questions, changes, login, untilAsked, engine } = await askingMorning()
    const result = loginFailure(login())
    await untilAsked()
    engine.cancel('main')
    expect(questions.of('main')).toBeNull()
    expect((await result).kind).toBe('cancelled')
    expect(changes).toEqual(['asked', 'settled'])
  })

  test('goes when nobody has answered for five minutes, and the user is told why', async () => {
    const { questions, login, untilAsked, clock, account } = await askingMorning()
    const result = loginFailure(login())
    await untilAsked()
    clock.advance(ANSWER_DEADLINE_MS - 1)
    expect(questions.of('main')).not.toBeNull()
    clock.advance(1)
    expect(questions.of('main')).toBeNull()
    expect(await result).toMatchObject({
      kind: 'second-factor-needed',
      message: 'There was no answer within five minutes.',
    })
    expect(account().problem?.message).toBe('There was no answer within five minutes.')
  })

  test('is not asked for a login that has been cancelled already', async () => {
    const { questions, clock } = await askingMorning()
    const ask = new Questions(clock).ask('main')
    const over = AbortSignal.abort(new LoginError('cancelled'))
    expect((await loginFailure(ask(question, over))).kind).toBe('cancelled')
    expect(questions.of('main')).toBeNull()
  })
})

describe('the questions of several logins', () => {
  test('wait side by side, and each gets its own answer', async () => {
    const { questions, login, untilAsked, accounts } = await askingMorning()
    const values = { ...madeUpValues, user_id: 'CD5678' }
    await accounts.add({ name: 'second', brokerId: 'made-up', values, endpoints: {}, acceptTerms: true })
    const first = login()
    const second = login('second')
    await untilAsked(2)
    questions.answer('second', RIGHT)
    expect(questions.of('second')).toBeNull()
    expect(questions.of('main')).not.toBeNull()
    expect(await second).toBe('obtained')
    questions.answer('main', RIGHT)
    expect(await first).toBe('obtained')
  })
})

test('a code that no login waits for goes nowhere', async () => {
  const { questions, typed, login, untilAsked } = await askingMorning()
  const answer = (): Promise<void> => Promise.resolve().then(() => questions.answer('main', RIGHT))
  const early = await loginFailure(answer())
  expect(early.kind).toBe('second-factor-needed')
  expect(early.message).not.toContain(RIGHT)
  const result = login()
  await untilAsked()
  questions.answer('main', RIGHT)
  expect((await loginFailure(answer())).message).toBe(early.message)
  await result
  expect(typed).toEqual([RIGHT])
})
