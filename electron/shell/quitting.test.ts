import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { quitInTime, type QuittingDeps } from './quitting.ts'

function parts(tidyUp: () => Promise<void>, isHeldUp = (): boolean => false) {
  const clock = new FakeClock(0)
  let listener: Parameters<QuittingDeps['onBeforeQuit']>[0] = () => undefined
  const done = { quits: 0, kills: 0, logs: 0 }
  quitInTime({
    onBeforeQuit: (given) => {
      listener = given
    },
    quit: () => done.quits++,
    clock,
    tidyUp,
    isHeldUp,
    logUncaughtErrors: () => done.logs++,
    kill: () => done.kills++,
  })
  /** Whether Electron continues to quit. */
  const askToQuit = (): boolean => {
    let prevented = false
    listener({
      preventDefault: () => {
        prevented = true
      },
    })
    return !prevented
  }
  return { clock, done, askToQuit }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('quitting', () => {
  test('tidies up, then quits', async () => {
    const { done, askToQuit } = parts(() => Promise.resolve())
    expect(askToQuit()).toBe(false)
    await turn()
    await turn()
    expect(done).toEqual({ quits: 1, kills: 0, logs: 1 })
    expect(askToQuit()).toBe(true)
  })

  test('is not stopped by the message of an error that nobody caught', () => {
    const { done, askToQuit } = parts(() => Promise.resolve())
    expect(done.logs).toBe(0)
    askToQuit()
    askToQuit()
    expect(done.logs).toBe(1)
  })

  test('quits also when tidying up fails', async () => {
    const { done, askToQuit } = parts(() => Promise.reject(new Error('the broker is stuck')))
    askToQuit()
    await turn()
    await turn()
    expect(done.quits).toBe(1)
  })

  test('tidies up once, however often it is asked for', async () => {
    const held = gate()
    let times = 0
    const { askToQuit } = parts(() => {
      times++
      return held.opened
    })
    askToQuit()
    expect(askToQuit()).toBe(false)
    held.open()
    await turn()
    expect(times).toBe(1)
  })

  test('ends the process after five seconds, whatever is still in the way', () => {
    const { clock, done, askToQuit } = parts(() => new Promise(() => undefined))
    askToQuit()
    clock.advance(4_999)
    expect(done.kills).toBe(0)
    clock.advance(1)
    expect(done.kills).toBe(1)
  })

  test('waits for what would hold up the end of the process, and no longer', async () => {
    let isHeldUp = true
    const { clock, done, askToQuit } = parts(
      () => Promise.resolve(),
      () => isHeldUp,
    )
    askToQuit()
    await turn()
    clock.advance(4_000)
    await turn()
    expect(done).toEqual({ quits: 0, kills: 0, logs: 1 })
    isHeldUp = false
    clock.advance(100)
    await turn()
    await turn()
    expect(done).toEqual({ quits: 1, kills: 0, logs: 1 })
  })

  test('ends the process also when Electron itself hangs on what was tidied up', async () => {
    const { clock, done, askToQuit } = parts(() => Promise.resolve())
    askToQuit()
    await turn()
    await turn()
    clock.advance(5_000)
    expect(done.kills).toBe(1)
  })
})
