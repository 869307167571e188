import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { madeUpDraft } from '../../tests/support/made-up-views.ts'
import { broker, editing, morningRun, NOON } from './fixtures.ts'
import { FormContext } from './FormContext.ts'
import { SecretField } from './SecretField.tsx'

function markup(enterAgain: string[]): string {
  const nothing = (): void => undefined
  const actions = {
    importFrom: nothing,
    importFile: nothing,
    choose: nothing,
    drop: nothing,
    forget: nothing,
  }
  const form = {
    ...{ broker, editing: editing(), morningRun, errors: {}, hints: {}, mode: 'unattended', openedAt: NOON },
    ...{ view: madeUpDraft({ enterAgain }), filled: {}, forgotten: [], importMessage: null, actions },
  } as const
  return renderToStaticMarkup(
    <FormContext value={form}>
      <SecretField field={{ name: 'password', label: 'Password', optional: false }} help={null} />
    </FormContext>,
  )
}

test('a stored secret that a changed address wants again says so, and can’t be left empty', () => {
  expect(markup(['password'])).toContain('needed again, because an address or the proxy has changed')
  expect(markup(['password'])).not.toContain('Leave empty to keep it')
  expect(markup([])).toContain('Leave empty to keep it')
  expect(markup([])).not.toContain('needed again')
})
