import { expect, test } from 'vitest'
import { canDraw } from './watch.ts'

test.each([
  ['cmd, PowerShell, Windows Terminal', {}, 'win32', true],
  ['a shell on Windows that sets TERM', { TERM: 'xterm-256color' }, 'win32', true],
  ['an editor that says it can’t, on Windows', { TERM: 'dumb' }, 'win32', false],
  ['a terminal on Linux', { TERM: 'xterm' }, 'linux', true],
  ['no terminal that anything is known of', {}, 'linux', false],
  ['an editor that says it can’t', { TERM: 'dumb' }, 'darwin', false],
] as const)('%s: watch can draw there or not', (_where, env, platform, can) => {
  expect(canDraw(env, platform)).toBe(can)
})
