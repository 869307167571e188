import { beforeEach, describe, expect, test } from 'vitest'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import type { DraftView } from '../../electron/contract/account-form.ts'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { Checks, PAUSE_MS, SOON_MS } from './checks.ts'
import type { Errors } from './draft.ts'
import { NOON, totp } from './fixtures.ts'

describe('checks as you type', () => {
  let clock: FakeClock
  let checks: Checks
  let answers: (() => Promise<DraftView>)[]
  let found: DraftView
  let empty: Set<string>
  let shown: Errors[]
  let hinted: Errors
  let checked: number

  beforeEach(() => {
    clock = new FakeClock(NOON)
    answers = []
    found = madeUpDraft({ errors: { user: 'has six letters', password: 'is missing' } })
    empty = new Set(['password'])
    shown = []
    hinted = {}
    checked = 0
    checks = new Checks({
      check: () => {
        checked++
        return answers.shift()?.() ?? Promise.resolve(found)
      },
      sort: (errors) => errors,
      isEmpty: (input) => empty.has(input),
      show: (_view, errors, hints) => {
        shown.push(errors)
        hinted = hints
      },
      later: (ms, callback) => clock.after(ms, callback),
      now: () => clock.now(),
    })
  })

  /** Advances the clock and waits for the replies to checks. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }

  test('a hint is given when an error would be: not while the input is still typed into', async () => {
    found = madeUpDraft({ hints: { user: 'is all digits' } })
    checks.typed('user')
    await pass(SOON_MS)
    expect(hinted).toEqual({})
    checks.left('user')
    await pass(0)
    expect(hinted).toEqual({ user: 'is all digits' })
  })

  test('run when the keys rest, not at each of them', async () => {
    for (let key = 0; key < 5; key++) {
      checks.typed('user')
      await pass(SOON_MS - 1)
    }
    expect(checked).toBe(0)
    await pass(1)
    expect(checked).toBe(1)
  })

  test('say nothing while an input is typed into, until a pause', async () => {
    checks.typed('user')
    await pass(SOON_MS)
    expect(shown).toEqual([{}])
    await pass(PAUSE_MS)
    expect(shown.at(-1)).toEqual({ user: 'has six letters' })
  })

  test('say what is wrong with an input once it is left, unless it is empty', async () => {
    checks.left('password')
    checks.left('user')
    await pass(0)
    expect(shown).toEqual([{ user: 'has six letters' }])
  })

  test('take it back as soon as it is right', async () => {
    checks.left('user')
    await pass(0)
    found = madeUpDraft()
    checks.typed('user')
    await pass(SOON_MS)
    expect(shown.at(-1)).toEqual({})
  })

  test('say what is missing once saving was tried', async () => {
    checks.insist(['password'])
    await checks.refresh()
    expect(shown).toEqual([{ password: 'is missing' }])
  })

  test('ignore a reply after a newer check has started', async () => {
    let answerFirst: (view: DraftView) => void = () => undefined
    answers.push(() => new Promise((resolve) => (answerFirst = resolve)))
    checks.insist(['user'])
    const first = checks.refresh()
    await checks.refresh()
    answerFirst(madeUpDraft({ errors: { user: 'of long ago' } }))
    await first
    expect(shown).toEqual([{ user: 'has six letters' }])
  })

  test('survive a check that fails', async () => {
    answers.push(() => Promise.reject(new Error('gone')))
    await checks.refresh()
    expect(shown).toEqual([])
    await checks.refresh()
    expect(shown).toHaveLength(1)
  })

  test('renew a code when it has ended, and no more once stopped', async () => {
    found = madeUpDraft({ totp: totp() })
    await checks.refresh()
    await pass(29_999)
    expect(checked).toBe(1)
    found = madeUpDraft({ totp: totp({ code: { ...totp().code, endsAt: NOON + 60_000 } }) })
    await pass(1_000)
    expect(checked).toBe(2)
    checks.stop()
    await pass(60_000)
    expect(checked).toBe(2)
  })
})
