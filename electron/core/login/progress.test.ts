import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import {
  gate,
  madeUpBroker,
  madeUpDomain,
  madeUpTokens,
  madeUpValues,
} from '../../../tests/support/made-up-broker.ts'
import type { HttpRequest } from '../ports.ts'
import { Progress } from './progress.ts'

const request: HttpRequest = { method: 'GET', url: new URL('https://made-up.example/login') }
const WAITING = 'Waiting for another login to end'

/** Two accounts of one person, `main` and `second`, and a login of `main` that stays on its way until it is let go. */
async function busyMorning() {
  const arrived = gate()
  const answer = gate()
  const parts = await madeUpDomain({
    login: async (context) => {
      context.report('login')
      await context.http.send(request)
      return madeUpTokens
    },
    answer: async () => {
      arrived.open()
      await answer.opened
      return { status: 200, headers: new Headers(), body: '' }
    },
  })
  const { accounts, engine } = parts
  const values = { ...madeUpValues, app_id: 'another app' }
  await accounts.add({ name: 'second', brokerId: 'made-up', values, endpoints: {}, acceptTerms: true })
  const first = engine.login('main')
  await arrived.opened
  const shown = (name: string) => engine.progress.get(name)
  /** Resolves once `name` is shown to wait. */
  const untilWaiting = async (name: string): Promise<void> => {
    const { opened, open } = gate()
    const look = (): void => {
      if (shown(name)?.label === WAITING) open()
    }
    const stop = engine.onProgress(look)
    look()
    await opened
    stop()
  }
  return { ...parts, first, answer, shown, untilWaiting }
}

describe('a login that waits for another of the same person', () => {
  test('says so, and the other one goes on saying what it does', async () => {
    const { engine, first, answer, shown, untilWaiting } = await busyMorning()
    const second = engine.login('second')
    await untilWaiting('second')
    expect(shown('second')).toEqual({ step: 1, total: 2, label: WAITING })
    expect(shown('main')?.label).toBe('Logging in')
    answer.open()
    expect(await Promise.all([first, second])).toEqual(['obtained', 'obtained'])
    expect(engine.progress.size).toBe(0)
  })

  test('says what it does once it is its turn', async () => {
    const { engine, first, answer, shown, untilWaiting } = await busyMorning()
    const second = engine.login('second')
    await untilWaiting('second')
    const labels: (string | undefined)[] = []
    engine.onProgress(() => labels.push(shown('second')?.label))
    answer.open()
    await Promise.all([first, second])
    expect(labels.filter((label) => label !== undefined)).toEqual(
      expect.arrayContaining([WAITING, 'Logging in', 'Trying the access token']),
    )
    expect(labels.lastIndexOf(WAITING)).toBeLessThan(labels.indexOf('Logging in'))
  })

  test('can be cancelled while it waits', async () => {
    const { engine, first, answer, untilWaiting, sent } = await busyMorning()
    const second = loginFailure(engine.login('second'))
    await untilWaiting('second')
    engine.cancel('second')
    answer.open()
    expect((await second).kind).toBe('cancelled')
    await first
    expect(engine.progress.size).toBe(0)
    expect(sent).toHaveLength(1)
  })
})

describe('the progress of logins', () => {
  const main = { name: 'main', broker: madeUpBroker() }

  test('says nothing of a step that the broker has not named', () => {
    const progress = new Progress()
    progress.report(main, 'unheard-of')
    expect(progress.steps.size).toBe(0)
    progress.begin(main)
    progress.report(main, 'unheard-of')
    expect(progress.steps.get('main')).toEqual({ step: 1, total: 2, label: 'Logging in' })
  })

  test('says what a step waits for in place of its name', () => {
    const progress = new Progress()
    progress.report(main, 'probe', 'Waiting for rain')
    expect(progress.steps.get('main')).toEqual({ step: 2, total: 2, label: 'Waiting for rain' })
  })

  test('is told to all who listen, until they stop', () => {
    const progress = new Progress()
    const heard: string[] = []
    const stop = progress.onChange(() => heard.push('one'))
    progress.onChange(() => heard.push('two'))
    progress.begin(main)
    stop()
    progress.end('main')
    expect(heard).toEqual(['one', 'two', 'two'])
  })
})
