import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { FormView, TestResult } from '../../electron/contract/account-form.ts'
import { formBridge } from '../../gallery/bridges.ts'
import { ClockContext } from '../shared/useNow.ts'
import { problem } from '../popover/fixtures.ts'
import { AccountForm } from './AccountForm.tsx'
import { Field } from './Field.tsx'
import { broker, editing, morningRun, NOON } from './fixtures.ts'
import { Page } from './Page.tsx'

const clock = {
  now: () => NOON,
  exact: () => NOON,
  zone: () => -330,
  subscribe: () => () => undefined,
  align: () => undefined,
}

interface More {
  readonly morningRun?: FormView['morningRun']
  readonly earliestTime?: string
  readonly fields?: typeof broker.fields
  readonly result?: TestResult
  readonly filled?: Readonly<Record<string, string>>
}

function markup(account: FormView['editing'], more: More = {}): string {
  const {
    result,
    filled = {},
    morningRun: run = morningRun,
    earliestTime = null,
    fields = broker.fields,
  } = more
  return renderToStaticMarkup(
    <ClockContext value={clock}>
      <AccountForm
        bridge={formBridge({ brokers: [broker], editing: account, morningRun: run })}
        broker={{ ...broker, earliestTime, fields }}
        editing={account}
        morningRun={run}
        result={result ?? null}
        filled={filled}
        onBroker={() => undefined}
        onTested={() => Promise.resolve()}
      />
    </ClockContext>,
  )
}

/** Returns the markup of one input. */
function inputOf(html: string, name: string): string {
  const input = html.match(/<input[^>]*>/g)?.find((tag) => tag.includes(` name="${name}"`))
  if (input === undefined) throw new Error(`There is no input ${name}.`)
  return input
}

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('a new account begins with the choice of a broker, which says what it takes and what it thinks of this', () => {
  const view = { brokers: [broker], editing: null, morningRun }
  const text = textOf(
    renderToStaticMarkup(
      <ClockContext value={clock}>
        <Page bridge={formBridge(view)} view={view} />
      </ClockContext>,
    ),
  )
  expect(text).toMatch(
    /Add an account.*Made-up Broker.*not allowed.*TokenTray logs in · user ID, password, TOTP/,
  )
  expect(text).not.toContain('Account name')
})

test('the form is made of the broker’s fields, each with its name and a line on where to find it', () => {
  const html = markup(null)
  for (const { name, label, help } of broker.fields) {
    expect(html).toMatch(new RegExp(`<label[^>]* for="field.${name}">${label}`))
    expect(inputOf(html, `field.${name}`)).toContain(`aria-describedby="field.${name}-help"`)
    expect(html).toContain(`id="field.${name}-help">${help}`)
  }
  expect(inputOf(html, 'name')).toContain('value="made-up-2"')
  expect(inputOf(html, 'endpoint.api')).toContain('placeholder="https://api.made-up.example"')
})

test('a hint stands at its input, which is not called wrong for it', () => {
  const field = { name: 'field.user_id', label: 'User ID', subject: 'User ID', help: null, error: undefined }
  const html = renderToStaticMarkup(<Field {...field} hint="is all digits" />)
  expect(textOf(html)).toContain('User ID is all digits')
  expect(inputOf(html, 'field.user_id')).toContain('aria-describedby="field.user_id-hint"')
  expect(inputOf(html, 'field.user_id')).toContain('aria-invalid="false"')
})

test('secrets are typed unseen, and the browser is told to remember nothing', () => {
  const html = markup(null)
  for (const name of ['field.password', 'field.totp_secret', 'field.proxy_password']) {
    expect(inputOf(html, name)).toContain('type="password"')
  }
  expect(inputOf(html, 'field.user_id')).toContain('type="text"')
  const typedIn = (html.match(/<input[^>]*>/g) ?? []).filter((input) => !input.includes('type="checkbox"'))
  expect(typedIn.filter((input) => !/autoComplete="off"/i.test(input))).toEqual([])
})

test('the terms stand beside their source, and ask for a yes', () => {
  const text = textOf(markup(null))
  expect(text).toMatch(/Their staff say that it is not allowed\..*Source: made-up.example\/forum/)
  expect(text).toContain('whoever gets into it has both')
  const withoutCodes = broker.fields.filter(({ totp }) => !totp)
  expect(markup(null, { fields: withoutCodes })).not.toContain('whoever gets into it has both')
  expect(inputOf(markup(null), 'terms')).not.toMatch(/checked/)
})

test('an account that is changed shows its settings, and of a stored secret only when it was set', () => {
  // The contract has no field for the value; even an unexpected one is not shown.
  const html = markup(editing({ values: { user_id: 'AB1234', password: 'must-not-show' } }))
  expect(html).toContain('Change main')
  expect(inputOf(html, 'field.user_id')).toContain('value="AB1234"')
  expect(html).toMatch(/Password <span[^>]*>set on 12 Nov/)
  expect(inputOf(html, 'field.password')).toMatch(/placeholder="Leave empty to keep it"/)
  expect(inputOf(html, 'field.password')).not.toContain('value=')
  expect(html).not.toContain('must-not-show')
})

test('an account that is changed keeps its name, its broker and the yes to the terms', () => {
  const html = markup(editing())
  expect(html).not.toMatch(/ name="(name|terms|brokerId)"|Another broker/)
  expect(textOf(html)).toMatch(/You agreed to this on 12 Nov/)
  expect(inputOf(markup(editing({ termsAcceptedAt: null })), 'terms')).toContain('type="checkbox"')
})

test('only a stored secret that the login can do without may be forgotten', () => {
  const html = markup(editing())
  expect(html).toContain('aria-label="Forget it: the stored TOTP secret"')
  expect(html).not.toContain('aria-label="Forget it: the stored Password"')
  expect(markup(null)).not.toContain('Forget it')
})

test('a stored proxy shows with its user, and its password only by when it was set', () => {
  const proxy = 'http://me@proxy.example:3128'
  const html = markup(editing({ proxy, secretsSetAt: { proxy_password: NOON } }))
  expect(inputOf(html, 'proxy')).toContain(`value="${proxy}"`)
  expect(html).toMatch(/Proxy password <span[^>]*>set on 12 Nov/)
  expect(inputOf(html, 'field.proxy_password')).not.toContain('value=')
})

test('the morning run comes at the usual time, of which the form tells whose clock it is', () => {
  const html = markup(editing())
  expect(html).toContain('<summary>Morning run: 08:15 IST, the usual time</summary>')
  expect(inputOf(html, 'ownTime')).toContain('placeholder="08:15"')
  expect(inputOf(html, 'ownTime')).not.toContain('value=')
  expect(inputOf(html, 'ownTime')).toContain('aria-describedby="ownTime-help"')
  expect(textOf(html)).toMatch(/IST\. Leave empty for 08:15\. Advanced/)
})

test('an account’s own time shows on the clock that the user has chosen', () => {
  const account = editing({ ownTime: '19:45' })
  const html = markup(account, { morningRun: { ...morningRun, hour12: true }, earliestTime: '06:00' })
  expect(html).toContain('<summary>Morning run: 7:45 pm IST</summary>')
  expect(inputOf(html, 'ownTime')).toMatch(/(?=.* value="7:45 pm")(?=.* placeholder="8:15 am")/)
  expect(textOf(html)).toContain('Not before 6:00 am, when yesterday’s tokens end.')
  expect(inputOf(markup(account), 'ownTime')).toContain('value="19:45"')
})

test('an own time can be chosen while the morning run is off, which is said, and never for codes alone', () => {
  const html = markup(null, { morningRun: { ...morningRun, on: false } })
  expect(textOf(html)).toMatch(/Morning run: turned off Turn it on in the settings\./)
  expect(inputOf(html, 'ownTime')).not.toContain('disabled')
  expect(markup(editing(), { morningRun: null })).not.toMatch(/ownTime|Morning run/)
})

test('settings out of a .env file are filled in, and secrets out of it are not in the page', () => {
  const html = markup(null, { filled: { user_id: 'ZZ9999' } })
  expect(inputOf(html, 'field.user_id')).toContain('value="ZZ9999"')
  expect(inputOf(html, 'field.password')).not.toContain('value=')
  expect(markup(null)).not.toContain('ZZ9999')
})

const refused: TestResult = {
  ok: false,
  problem: problem({ message: 'Wrong password.', brokerWords: '<b>Nope</b>', next: 'Type it again.' }),
  field: 'password',
  attempts: 'One try is left.',
}

test('a refused test login says what happened, in the broker’s words too, and marks the input', () => {
  const html = markup(editing(), { result: refused })
  expect(textOf(html)).toMatch(
    /Wrong password\..*Made-up said.*&lt;b&gt;Nope.*Type it again\..*Saved\. One try is left\./,
  )
  expect(inputOf(html, 'field.password')).toContain('aria-invalid="true"')
  expect(html).toMatch(/id="field.password-error">Password was refused by Made-up/)
  expect(inputOf(html, 'field.user_id')).toContain('aria-invalid="false"')
})

test('a test login that could not be judged marks no input', () => {
  const unjudged = { ...refused, problem: problem({ kind: 'network', message: 'No network.' }) }
  const html = markup(editing(), { result: unjudged })
  expect(html).toContain('No network.')
  expect(html).not.toContain('aria-invalid="true"')
})

test('a stored account can be tested as it is; a new one is saved first', () => {
  expect(textOf(markup(editing()))).toMatch(/ Close +Test login $/)
  expect(textOf(markup(null))).toMatch(/ Cancel +Save without testing +Test and save/)
})
