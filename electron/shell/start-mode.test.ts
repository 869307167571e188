import { expect, test } from 'vitest'
import { isHiddenStart, isQuitRequest, startMode, type StartFacts } from './start-mode.ts'

const usual: StartFacts = {
  argv: ['electron', '/checkout'],
  openedAtLogin: false,
  startHidden: true,
  hasTray: true,
}
const mode = (facts: Partial<StartFacts>): string => startMode({ ...usual, ...facts })

test('a start by hand shows the popover', () => {
  expect(mode({})).toBe('popover')
  expect(mode({ hasTray: false })).toBe('popover')
})

test('a hidden start shows no window, and without a tray a minimised one', () => {
  const argv = [...usual.argv, '--hidden']
  expect(mode({ argv })).toBe('nothing')
  expect(mode({ argv, hasTray: false })).toBe('minimised')
  expect(isHiddenStart(argv)).toBe(true)
})

test('a start at login that is not to be hidden shows the popover', () => {
  const argv = [...usual.argv, '--open']
  expect(mode({ argv })).toBe('popover')
  expect(isHiddenStart(argv)).toBe(false)
})

test('on macOS the system says that it is the start at login, and the setting how', () => {
  expect(mode({ openedAtLogin: true })).toBe('nothing')
  expect(mode({ openedAtLogin: true, startHidden: false })).toBe('popover')
})

test('an installer asks the app to quit, and nothing else does', () => {
  expect(isQuitRequest([...usual.argv, '--quit'])).toBe(true)
  expect(isQuitRequest([...usual.argv, '--hidden'])).toBe(false)
})
