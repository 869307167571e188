import { expect, test } from 'vitest'
import { asCalled, callOf } from './call.ts'

test.each([
  [
    'npx in a checkout',
    { npm_lifecycle_event: 'npx' },
    '/a/node_modules/.bin/tokentray',
    'npx --no tokentray',
  ],
  ['a script of npm’s', { npm_lifecycle_event: 'start' }, '/a/dist/cli.js', 'tokentray'],
  ['a shell that npx has started', { npm_lifecycle_event: 'npx' }, '/usr/bin/tokentray', 'tokentray'],
  ['a shell', {}, '/usr/bin/tokentray', 'tokentray'],
])('%s calls it as itself', (_who, env, program, call) => {
  expect(callOf(env, program)).toBe(call)
})

test.each([
  ['Run: tokentray login kite', 'Run: npx --no tokentray login kite'],
  [
    '“tokentray doctor” and tokentray account add NAME',
    '“npx --no tokentray doctor” and npx --no tokentray account add NAME',
  ],
  ['See: tokentray COMMAND --help', 'See: npx --no tokentray COMMAND --help'],
  ['tokentray --version', 'npx --no tokentray --version'],
  // Not calls: a path, a package, a name in a sentence.
  ['/usr/bin/tokentray login', '/usr/bin/tokentray login'],
  ['in.tokentray login', 'in.tokentray login'],
  ['TokenTray logs in', 'TokenTray logs in'],
])('“%s” is spelt as it was called', (text, spelt) => {
  expect(asCalled(text, 'npx --no tokentray')).toBe(spelt)
  expect(asCalled(text, 'tokentray')).toBe(text)
})
