import { describe, expect, test } from 'vitest'
import type { ImportOutcome, TestResult } from '../../electron/contract/account-form.ts'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { problem } from '../popover/fixtures.ts'
import { broker, editing, NOON, totp } from './fixtures.ts'
import { formReducer, openedForm, shownErrors, type FormEvent, type FormState } from './reducer.ts'

type Opened = Parameters<typeof openedForm>[0]

const opened = (part: Partial<Opened> = {}): FormState =>
  openedForm({ broker, editing: null, result: null, filled: {}, ...part })

const after = (events: readonly FormEvent[], from = opened()): FormState => events.reduce(formReducer, from)

const refusedPassword: TestResult = { ok: false, problem: problem(), field: 'password', attempts: '' }

const imported = (outcome: ImportOutcome, at: 'totp' | 'top' = 'totp'): FormEvent => ({
  is: 'imported',
  at,
  outcome,
})

const preview = {
  file: '.env',
  brokerId: broker.id,
  brokerName: broker.name,
  found: [],
  missing: [],
  unused: null,
  notes: [],
}

describe('a form that was just opened', () => {
  test('has nothing to lose, unless a file has filled it in', () => {
    expect(opened().isChanged).toBe(false)
    expect(opened({ filled: { user_id: 'AB1234' } }).isChanged).toBe(true)
  })

  test('signs in as the account did, and a new one by itself', () => {
    expect(opened().mode).toBe('unattended')
    expect(opened({ editing: editing({ mode: 'assisted' }) }).mode).toBe('assisted')
  })

  test('shows what the broker has refused, until that is changed', () => {
    const refused = opened({ result: refusedPassword })
    expect(shownErrors(refused)).toEqual({ 'field.password': 'was refused by Made-up' })
    expect(shownErrors(after([{ is: 'typed', input: 'field.user_id' }], refused))).toHaveProperty(
      'field.password',
    )
    expect(shownErrors(after([{ is: 'typed', input: 'field.password' }], refused))).toEqual({})
  })
})

test('a check of ours has the last word on an input that the broker has refused', () => {
  const checked: FormEvent = {
    is: 'checked',
    view: madeUpDraft(),
    errors: { 'field.password': 'is too short' },
    hints: {},
  }
  expect(shownErrors(after([checked], opened({ result: refusedPassword })))).toEqual({
    'field.password': 'is too short',
  })
})

describe('the announcement', () => {
  const checked = (part: Parameters<typeof madeUpDraft>[0]): FormEvent => ({
    is: 'checked',
    view: madeUpDraft(part),
    errors: {},
    hints: {},
  })

  test('is of a code that comes into view, and stays when the same secret’s next code comes', () => {
    const first = after([checked({ totp: totp() })])
    expect(first.announcement).toMatch(/4 9 2 0 3 9/)
    const next = totp({ code: { code: '107458', next: '1', startsAt: NOON + 30_000, endsAt: NOON + 60_000 } })
    expect(after([checked({ totp: next })], first).announcement).toBe(first.announcement)
  })
})

describe('an import', () => {
  test('of secrets is a change, and is told at the TOTP secret wherever it was started', () => {
    const state = after([
      { is: 'importStarted' },
      imported({ kind: 'secrets', settings: {}, onClipboard: false, notes: ['Two found.'] }, 'top'),
    ])
    expect(state).toMatchObject({
      isImporting: false,
      isChanged: true,
      importMessage: { at: 'totp', tone: 'info', words: ['Two found.'] },
    })
  })

  test('that fails says why where it was started, and changes nothing', () => {
    const state = after([{ is: 'importStarted' }, imported({ kind: 'wrong', message: 'No QR code.' }, 'top')])
    expect(state).toMatchObject({
      isImporting: false,
      isChanged: false,
      importMessage: { at: 'top', tone: 'bad', words: ['No QR code.'] },
    })
  })

  test('takes the message of the one before away, cancelled or not', () => {
    const failed = after([imported({ kind: 'wrong', message: 'No QR code.' })])
    expect(after([{ is: 'importStarted' }, imported({ kind: 'nothing' })], failed).importMessage).toBeNull()
  })

  test('of a file is a change only once it is taken', () => {
    const shown = after([imported({ kind: 'env', preview }, 'top')])
    expect(shown).toMatchObject({ preview, isChanged: false })
    expect(after([{ is: 'previewClosed' }], shown)).toMatchObject({ preview: null, isChanged: false })
    expect(after([{ is: 'previewTaken' }], shown)).toMatchObject({ preview: null, isChanged: true })
  })
})

test('what is to be forgotten is on the list once, and off it again', () => {
  const forget: FormEvent = { is: 'forgetting', field: 'totp_secret', forget: true }
  const state = after([forget, forget])
  expect(state).toMatchObject({ forgotten: ['totp_secret'], isChanged: true })
  expect(after([{ ...forget, forget: false }], state).forgotten).toEqual([])
})

describe('a save', () => {
  const failure = { message: 'The keychain is locked.', next: 'Unlock it.' }

  test('is under way until it is refused or has failed, and takes the last failure away', () => {
    const failed = after([
      { is: 'started', what: 'save' },
      { is: 'failed', failure },
    ])
    expect(failed).toMatchObject({ busy: null, failure })
    expect(after([{ is: 'started', what: 'test' }], failed)).toMatchObject({ busy: 'test', failure: null })
  })

  test('that is refused shows the errors in place of those before', () => {
    const state = after([
      { is: 'checked', view: madeUpDraft(), errors: { name: 'is odd' }, hints: {} },
      { is: 'started', what: 'save' },
      { is: 'refused', errors: { terms: 'need your yes' } },
    ])
    expect(state).toMatchObject({ busy: null, errors: { terms: 'need your yes' } })
  })

  test('comes before each test, so that its first step leaves nothing to lose', () => {
    const progress = { login: { step: 1, total: 5, label: 'Checking' }, question: null }
    const state = after([
      { is: 'typed', input: 'name' },
      { is: 'progressed', progress },
    ])
    expect(state).toMatchObject({ isChanged: false, progress })
  })
})

test('leaving is asked about until the user stays', () => {
  const asked = after([{ is: 'leaving', what: 'broker' }])
  expect(asked.leaving).toBe('broker')
  expect(after([{ is: 'stayed' }], asked).leaving).toBeNull()
})
