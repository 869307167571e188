import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { BrokerView, FormView } from '../../electron/contract/requests.ts'
import { AccountForm } from './AccountForm.tsx'
import { draftFrom } from './draft.ts'
import { sortErrors } from './errors.ts'
import { setOnWords } from './set-on.ts'

const broker: BrokerView = {
  id: 'kite-web',
  name: 'Zerodha',
  fields: [
    { name: 'userId', label: 'User ID', help: 'As on the login page.', secret: false, optional: false },
    { name: 'password', label: 'Password', help: 'The one for Kite.', secret: true, optional: false },
    { name: 'name', label: 'Device name', help: '', secret: false, optional: true },
  ],
  endpoints: [{ key: 'api', url: 'https://api.kite.trade' }],
  terms: { sentence: 'Staff say not allowed.', source: 'kite.trade/forum' },
}
const editing: NonNullable<FormView['editing']> = {
  name: 'main',
  brokerId: 'kite-web',
  values: { userId: 'AB1234', password: 'must-not-show' },
  endpoints: {},
  proxy: '',
  secretsSetAt: { password: Date.UTC(2025, 10, 12, 6) },
  termsAccepted: true,
}
const bridge = {
  describe: () => Promise.resolve({ brokers: [broker], editing: null }),
  save: () => Promise.resolve({ ok: true } as const),
  close: () => Promise.resolve(),
}
const markup = (view: FormView) => renderToStaticMarkup(<AccountForm bridge={bridge} view={view} />)

test('the form is made of the broker’s fields', () => {
  const html = markup({ brokers: [broker], editing: null })
  expect(html).toMatch(/<label for="field.userId">User ID/)
  expect(html).toContain('As on the login page.')
  expect(html).toMatch(/<input[^>]*type="password"[^>]*id="field.password"[^>]*autoComplete="off"/i)
  expect(html).toMatch(/placeholder="https:\/\/api.kite.trade"/)
  expect(html).toContain('Staff say not allowed.')
  expect(html).toContain('A password and a TOTP secret kept on one computer make one factor of the two.')
})

test('a stored secret shows only when it was set', () => {
  const html = markup({ brokers: [broker], editing })
  expect(html).toContain('Change main')
  expect(html).toMatch(/set on 1[23] Nov/)
  expect(html).toContain('value="AB1234"')
  expect(html).not.toContain('must-not-show')
  expect(html).not.toMatch(/name="name"|<select/)
})

test('a stored proxy shows with its user, and its password only by when it was set', () => {
  const withProxy = {
    ...editing,
    proxy: 'http://me@proxy.example:3128',
    secretsSetAt: { proxy_password: Date.UTC(2025, 10, 12, 6) },
  }
  const html = markup({ brokers: [broker], editing: withProxy })
  expect(html).toContain('<details open="">')
  expect(html).toContain('value="http://me@proxy.example:3128"')
  expect(html).toMatch(/Proxy password <span class="note">set on 1[23] Nov/)
  expect(markup({ brokers: [broker], editing })).toContain('<details>')
})

test('the draft is what the form says', () => {
  const data = new FormData()
  data.set('name', ' main ')
  data.set('field.password', ' hunter2 ')
  data.set('field.name', 'desk')
  data.set('endpoint.api', ' http://127.0.0.1:8080 ')
  data.set('proxy', ' socks5://me@127.0.0.1:1080 ')
  data.set('field.proxy_password', ' open sesame ')
  data.set('terms', 'on')
  const draft = {
    name: 'main',
    brokerId: 'kite-web',
    values: { userId: '', password: ' hunter2 ', name: 'desk', proxy_password: ' open sesame ' },
    endpoints: { api: 'http://127.0.0.1:8080' },
    proxy: 'socks5://me@127.0.0.1:1080',
    acceptTerms: true,
  }
  expect(draftFrom(data, broker, null)).toEqual(draft)
  data.delete('terms')
  expect(draftFrom(data, broker, { ...editing, name: 'other' })).toEqual({
    ...draft,
    name: 'other',
    acceptTerms: false,
  })
})

test('errors go to their inputs, the first from the top gets the focus, none is lost', () => {
  const errors = {
    terms: 'Tick this.',
    'endpoint.api': 'Not an address.',
    proxy: 'Not a proxy.',
    proxy_password: 'Missing.',
    password: 'Fill this in.',
    odd: 'Something else.',
  }
  expect(sortErrors(errors, broker, false)).toEqual({
    byInput: {
      'field.password': 'Fill this in.',
      'endpoint.api': 'Not an address.',
      proxy: 'Not a proxy.',
      'field.proxy_password': 'Missing.',
      terms: 'Tick this.',
    },
    rest: ['Something else.'],
    first: 'field.password',
  })
  expect(sortErrors({ brokerId: 'Gone.' }, broker, true)).toEqual({
    byInput: {},
    rest: ['Gone.'],
    first: null,
  })
})

test('when a secret was set', () => {
  const setAt = Date.UTC(2025, 10, 12, 6)
  expect(setOnWords(setAt, setAt, 'UTC')).toBe('set on 12 Nov')
  expect(setOnWords(setAt, Date.UTC(2026, 0, 2), 'UTC')).toBe('set on 12 Nov 2025')
})
