import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { AppState } from '../../electron/contract/state.ts'
import { popoverBridge } from '../../gallery/bridges.ts'
import { createActions } from './store/actions.ts'
import { App } from './App.tsx'
import { account, appState, code, INDIA, NOW, problem, question } from './fixtures.ts'
import { createStore } from './store/store.ts'

const nothing = () => Promise.resolve()

function markup(app: AppState, now = NOW): string {
  const clock = {
    now: () => now,
    exact: () => now,
    zone: () => INDIA,
    subscribe: () => nothing,
    align: nothing,
  }
  const store = createStore(clock)
  store.receive(app)
  const actions = createActions(popoverBridge(app), store)
  return renderToStaticMarkup(<App store={store} actions={actions} clock={clock} />)
}

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const shown = (app: AppState, now = NOW): string => textOf(markup(app, now))

test('first run offers two ways to begin, and says what the second is', () => {
  const text = shown(appState([]))
  expect(text).toContain('Add your broker')
  expect(text).toContain('Try it with a practice account')
  expect(text).toContain('A made-up broker on this computer, no real account.')
  expect(text).not.toContain('Log in all')
})

test('a ready account: until when, its token, its code', () => {
  const text = shown(appState([account({ totp: code })]))
  expect(text).toMatch(
    /1 of 1 ready.*zerodha-main.*Ready.*until 06:00 tomorrow.*Copy token.*492 039 18 s Copy/,
  )
  expect(text).toContain('IST 08:50:07')
  expect(text).not.toMatch(/practice|Log in (?!all)/)
})

test.each([
  ['none', /No token yet.*Log in/, false],
  ['expired', /Expired.*ended 06:00 today.*Log in/, false],
  ['rejected', /No longer accepted.*Log in/, false],
  ['unverified', /Not checked.*not verified: Zerodha unreachable.*Log in.*Copy token/, true],
] as const)('freshness %s', (freshness, words, copy) => {
  const expiresAt = freshness === 'none' ? null : NOW - 170 * 60_000
  const text = shown(appState([account({ freshness, expiresAt })]))
  expect(text).toMatch(words)
  expect(text.includes('Copy token')).toBe(copy)
})

test('an expiring token can be copied and replaced', () => {
  const text = shown(appState([account({ freshness: 'expiring', expiresAt: NOW + 12 * 60_000 })]))
  expect(text).toMatch(/Ends in 12 min.*until 09:02 today.*Log in.*Copy token/)
})

test('copy tells where it was pressed and counts down', () => {
  const accounts = [account({ totp: code }), account({ name: 'upstox', totp: code })]
  const clipboard = {
    account: 'upstox',
    what: 'token',
    copiedAt: NOW - 6_000,
    clearsAt: NOW + 24_000,
  } as const
  const text = shown(appState(accounts, { clipboard }))
  expect(text.match(/✓ 24 s/g)).toHaveLength(1)
  expect(text).toMatch(/upstox.*✓ 24 s/)
  expect(shown(appState(accounts, { clipboard: { ...clipboard, what: 'code' } }), NOW + 23_000)).toMatch(
    /upstox.*Copy token.*s ✓ 1 s/,
  )
  expect(shown(appState(accounts, { clipboard }), NOW + 24_000)).not.toContain('✓')
})

test('the code warns in its last ten seconds and is not shown for good after its end', () => {
  const app = appState([account({ totp: code })])
  expect(markup(app, NOW + 7_000)).toContain('data-late="false"')
  expect(markup(app, NOW + 8_000)).toContain('data-late="true"')
  expect(shown(app, NOW + 19_000)).toContain('492 039')
  const gone = shown(app, NOW + 20_000)
  expect(gone).toContain('··· ···')
  expect(gone).not.toContain('492')
})

test('a running login tells its step and can be cancelled', () => {
  const login = { step: 3, total: 6, label: 'Checking the PIN' }
  const html = markup(appState([account({ freshness: 'expired', login })]))
  expect(textOf(html)).toMatch(/Logging in.*Checking the PIN · step 3 of 6.*Cancel/)
  expect(html).toMatch(/<progress[^>]* value="3"[^>]* max="6"|<progress[^>]* max="6"[^>]* value="3"/)
  expect(textOf(html)).not.toMatch(/Log in (?!all)|Expired/)
})

const asking = {
  freshness: 'none',
  login: { step: 3, total: 6, label: 'Checking the code' },
  question,
} as const

test('a login that waits for a code says which, where to find it and since when, and takes it', () => {
  const html = markup(appState([account(asking)]))
  expect(textOf(html)).toMatch(
    /1 needs you.*Asks for a code.*Kite app code 4:40 left Send Cancel In the Kite app on your phone\. Asked 20 s ago\./,
  )
  expect(textOf(html)).not.toMatch(/Checking the code|Log in (?!all)/)
  const [, id = 'none'] = /<label[^>]* for="([^"]*)"[^>]*>Kite app code</.exec(html) ?? []
  const [input = ''] = /<input[^>]*>/.exec(html) ?? []
  expect(input).toContain(`id="${id}"`)
  expect(input).toMatch(/inputMode="numeric"/i)
  expect(input).toMatch(/autoComplete="one-time-code"/i)
  const [, help = 'none'] = /aria-describedby="([^"]*)"/.exec(input) ?? []
  expect(html).toMatch(new RegExp(`id="${help}">In the Kite app on your phone`))
  expect(html).toMatch(/<button[^>]*type="submit"[^>]*>Send</)
})

test('a code that is asked for again comes with what was wrong with the one before', () => {
  const refused = problem({
    kind: 'bad-totp',
    message: 'Kite did not take the code.',
    brokerWords: 'Invalid <b>',
  })
  const again = account({ ...asking, question: { ...question, again: true }, problem: refused })
  const html = markup(appState([again]))
  expect(textOf(html)).toMatch(/Kite did not take the code\. Zerodha said: Invalid &lt;b&gt; Kite app code/)
  expect(html).not.toContain('<b>')
  expect(shown(appState([account({ ...asking, problem: refused })]))).not.toContain('Kite did not take')
})

test('two logins that wait for a code have an input each, told apart by the account', () => {
  const html = markup(appState([account(asking), account({ ...asking, name: 'kotak' })]))
  const ids = [...html.matchAll(/<input[^>]* id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(2)
  expect(html).toContain('aria-label="Send the code of zerodha-main"')
  expect(html).toContain('aria-label="Send the code of kotak"')
})

test('a problem: what happened, what to do, the buttons for it', () => {
  const stuck = account({ freshness: 'expired', problem: problem(), toEnter: 'PIN' })
  expect(shown(appState([stuck]))).toMatch(
    /Needs you.*Wrong PIN\..*Change it here\..*Change PIN….*Open kite\.zerodha\.com/,
  )
  const retry = problem({ kind: 'timeout', message: 'No answer in time.', retrySafe: true })
  expect(shown(appState([account({ freshness: 'expired', problem: retry })]))).toMatch(/No answer.*Try again/)
  const consent = problem({ kind: 'consent-required', next: 'Allow the app at the broker.' })
  expect(shown(appState([account({ freshness: 'none', problem: consent })]))).toMatch(
    /Allow the app.*Open kite\.zerodha\.com.*Log in again/,
  )
})

test('a cancelled login leaves no problem behind', () => {
  const text = shown(appState([account({ freshness: 'expired', problem: problem({ kind: 'cancelled' }) })]))
  expect(text).not.toContain('Wrong PIN.')
  expect(text).toMatch(/Expired.*Log in/)
})

test('the broker’s words stay text, isolated, whatever they hold', () => {
  const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>\u202E&amp;"\'' + 'A'.repeat(500)
  const html = markup(
    appState([account({ freshness: 'expired', problem: problem({ brokerWords: hostile }) })]),
  )
  expect(html).not.toMatch(/<img|<script/)
  expect(html).toMatch(
    /<bdi[^>]*>&lt;img src=x onerror=alert\(1\)&gt;&lt;script&gt;[^<]*&amp;amp;[^<]*<\/bdi>/,
  )
})

test('what concerns everything stands above the accounts', () => {
  const keychain = problem({
    kind: 'keychain-locked',
    message: 'The keychain is locked.',
    next: 'Unlock it.',
  })
  const text = shown(
    appState([account({ practice: true })], {
      keychain,
      clockWarning: 'The clock is 14 s slow.',
      notices: ['Set aside.'],
    }),
  )
  expect(text).toMatch(
    /Keychain locked.*The keychain is locked\. Unlock it\..*The clock is 14 s slow\..*Set aside\..*practice/,
  )
})

const schedule = { words: 'Next run tomorrow 08:16', calendarNote: null, state: 'on' } as const

test('what the schedule does next is always told, with what can be done about it', () => {
  const accounts = [account({ morning: 'on' })]
  expect(shown(appState(accounts, { schedule }))).toMatch(/Next run tomorrow 08:16 Pause….*IST/)
  const paused = { ...schedule, words: 'Paused until Mon 23 Nov 08:16', state: 'paused' } as const
  const text = shown(appState(accounts, { schedule: paused }))
  expect(text).toMatch(/Paused until Mon 23 Nov 08:16 Resume/)
  expect(text).not.toContain('Pause…')
  const off = { ...schedule, words: 'The morning run is turned off', state: 'off' } as const
  expect(shown(appState(accounts, { schedule: off }))).toMatch(
    /The morning run is turned off (?!Pause|Resume)/,
  )
  expect(shown(appState([], { schedule: null }))).not.toMatch(/Pause|run/)
})

test('a calendar that is not whole offers to say so, and a whole one does not', () => {
  const note = { ...schedule, calendarNote: 'The exchange had not published its holidays of 2027.' }
  expect(shown(appState([account()], { schedule: note }))).toContain('Holidays?')
  expect(shown(appState([account()], { schedule }))).not.toContain('Holidays?')
})

test.each([
  ['not-today', 'Left out today'],
  ['off', 'Not in the morning login'],
] as const)('an account that is skipped says so: %s', (morning, words) => {
  expect(
    shown(appState([account({ morning }), account({ name: 'upstox', morning: 'on' })], { schedule })),
  ).toMatch(new RegExp(`zerodha-main.*${words}.*upstox`))
  expect(shown(appState([account({ morning: 'on' })], { schedule }))).not.toContain('Skipped')
})

test('no markup carries an inline style other than the custom properties', () => {
  const html = markup(appState([account({ totp: code })]))
  for (const [, style = ''] of html.matchAll(/style="([^"]*)"/g))
    expect(style).toMatch(/^(--[a-z]+:[^;]*;?)+$/)
})
