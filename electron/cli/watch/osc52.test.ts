import { expect, test } from 'vitest'
import { Secret } from '../../core/secret.ts'
import { osc52 } from './osc52.ts'

const token = new Secret('made-up token')
const PLAIN = `\x1b]52;c;${Buffer.from('made-up token').toString('base64')}\x07`

test('a terminal is handed the text in the sequence for its clipboard', () => {
  expect(osc52(token, { TERM: 'xterm-256color' })).toBe(PLAIN)
})

test('tmux is handed it for itself, and to hand on to the terminal it runs in', () => {
  const passedOn = `\x1bPtmux;${PLAIN.replace('\x1b', '\x1b\x1b')}\x1b\\`
  expect(osc52(token, { TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0' })).toBe(PLAIN + passedOn)
})

test('screen is handed it to hand on', () => {
  expect(osc52(token, { TERM: 'screen', STY: '1.pts' })).toBe(`\x1bP${PLAIN}\x1b\\`)
})

test.each(['linux', 'dumb', ''])('a terminal of kind “%s” has no clipboard and gets nothing', (TERM) => {
  expect(osc52(token, { TERM })).toBe(null)
})

test('Windows Terminal, which sets no TERM, is handed it, and the older console is not', () => {
  expect(osc52(token, { WT_SESSION: '1b1fc8a4-0000-0000-0000-000000000000' })).toBe(PLAIN)
  expect(osc52(token, { TERM: 'dumb', WT_SESSION: '1b1fc8a4-0000-0000-0000-000000000000' })).toBe(null)
  expect(osc52(token, {})).toBe(null)
})
